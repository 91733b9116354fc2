#!/bin/sh
# Builds linux/arm64 by docker 1.2.3.
set -eu
folder='/srv/the agent'\''s/work@tmp/1'
export PATH="$folder/bin:$PATH"
export DOCKER_CONFIG="$folder/docker"
mkdir -p "$folder/secrets"
ln -sf "${KEY_FILE?}" "$folder/secrets/key.json"
export DOCKER_BUILDKIT=1
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"
export SOURCE_DATE_EPOCH=1767225600
echo 'Building without writing the cache: dockerd without the containerd image store writes none.'
image=$(cat "$folder/name")
forget() { docker image rm "$image" "$image-1" "$image-2" >/dev/null 2>&1 || true; }
trap forget EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
docker build \
  --progress=plain \
  --platform linux/arm64 \
  --file "$folder/Dockerfile.context" \
  --tag "$image-1" \
  ./-more
docker build \
  --progress=plain \
  --platform linux/arm64 \
  --file "$folder/Dockerfile.context" \
  --tag "$image-2" \
  "$folder/artifacts"
docker build \
  --progress=plain \
  --file "$folder/Dockerfile" \
  --platform linux/arm64 \
  --target run \
  --build-arg 'ODD=it'\''s "$HOME" `id`
-x' \
  --label 'team=blue & green' \
  --network none \
  --secret "id=key.json,src=$folder/secrets/key.json" \
  --secret id=token,env=TOKEN \
  --no-cache \
  --tag "$image" \
  ./-app
docker image save --output "$folder/saved.tar" "$image"
