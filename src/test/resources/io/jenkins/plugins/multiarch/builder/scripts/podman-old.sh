#!/bin/sh
# Builds linux/amd64 by podman 1.2.3.
set -eu
folder='/srv/the agent'\''s/work@tmp/1'
export PATH="$folder/bin:$PATH"
export REGISTRY_AUTH_FILE="$folder/auth.json"
echo 'Building without the cache: buildah knows caches since 1.28, podman since 4.3.'
image=localhost/$(cat "$folder/name")
forget() { podman rmi "$image" >/dev/null 2>&1 || true; }
trap forget EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
podman build \
  --format oci \
  --file "$folder/Dockerfile" \
  --platform linux/amd64 \
  --no-cache --pull-always \
  --layers=false \
  --tag "$image" \
  .
podman push --quiet "$image" "oci:$folder/image:image"
