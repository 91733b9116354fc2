#!/bin/sh
# Answers docker, buildah and podman with logins out of the environment, or out of the file that the user has them in.
# Keeps nothing.
set -u
case ${1-} in
get) ;;
list) echo '{}' && exit 0 ;;
*) exit 0 ;;
esac
IFS= read -r server
host=${server#*://}
host=${host%%/*}
user= password=

# stored FILE KEY: takes the login of a key, written as a regular expression, from a file as docker login writes it.
stored() {
  entry=$(tr -d ' \t\r\n' <"$1" | sed -n 's|.*"'"$2"'":{\([^{}]*\)}.*|\1|p')
  token=$(printf '%s\n' "$entry" | sed -n 's/.*"identitytoken":"\([^"]*\)".*/\1/p')
  if [ -n "$token" ]; then
    user='<token>' password=$token
  else
    pair=$(printf '%s\n' "$entry" | sed -n 's/.*"auth":"\([^"]*\)".*/\1/p' | base64 -d)
    user=${pair%%:*} password=${pair#*:}
  fi
}

# A text as the inside of a JSON string.
json() { printf '%s\n' "$1" | sed -e 's/[\\"]/\\&/g' -e 's/	/\\t/g' -e '$!s/$/\\n/' | tr -d '\n'; }

case $host in
# cases
esac
if [ -z "$user" ]; then
  echo 'credentials not found in native keychain'
  exit 1
fi
printf '{"ServerURL":"%s","Username":"%s","Secret":"%s"}\n' "$(json "$server")" "$(json "$user")" "$(json "$password")"
