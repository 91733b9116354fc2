# Says which builders are here, a fact a line. Changes nothing.
say() { printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')"; }
there() { command -v "$1" >/dev/null 2>&1; }

say machine "$(uname -s)/$(uname -m)"
for handler in /proc/sys/fs/binfmt_misc/*; do
  [ -r "$handler" ] && read -r state 2>/dev/null <"$handler" && [ "$state" = enabled ] || continue
  case $handler in */qemu-*) say binfmt "${handler##*/qemu-}" ;; */rosetta) say binfmt x86_64 ;; esac
done
if there docker; then
  say docker.client "$(docker version --format '{{.Client.Version}}' 2>/dev/null | head -n 1)"
  server=$(docker version --format '{{.Server.Version}} {{.Server.Os}}/{{.Server.Arch}}' 2>&1) &&
    say docker.server "$server" || say docker.error "$server"
  say docker.store "$(docker info --format '{{.DriverStatus}}' 2>/dev/null)"
  say buildx.version "$(docker buildx version 2>/dev/null)"
  docker buildx inspect 2>/dev/null | while read -r key value; do
    case $key in Driver:) say buildx.driver "$value" ;; Platforms:) say buildx.platforms "$value" ;; esac
  done
fi
if there buildah; then say buildah.version "$(buildah --version 2>&1)"; fi
if there podman; then say podman.version "$(podman --version 2>&1)"; fi
exit 0
