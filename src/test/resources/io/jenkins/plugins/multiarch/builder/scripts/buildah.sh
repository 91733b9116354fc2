#!/bin/sh
# Builds linux/arm64 by buildah 1.2.3, emulated.
set -eu
folder='/srv/the agent'\''s/work@tmp/1'
export PATH="$folder/bin:$PATH"
export REGISTRY_AUTH_FILE="$folder/auth.json"
mkdir -p "$folder/secrets"
ln -sf "${KEY_FILE?}" "$folder/secrets/key.json"
image=localhost/$(cat "$folder/name")
forget() { buildah rmi "$image" >/dev/null 2>&1 || true; }
trap forget EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
buildah build \
  --format oci \
  --file 'docker/Docker file' \
  --platform linux/arm64 \
  --target run \
  --build-arg 'ODD=it'\''s "$HOME" `id`
-x' \
  --label 'team=blue & green' \
  --label io.jenkins.multiarch.emulated=true \
  --annotation 'note=1 2' \
  --network none \
  --build-context more=-more \
  --build-context tools=docker-image://ghcr.io/acme/tools:1 \
  --build-context alpine:3=docker-image://docker.io/library/alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
  --build-context artifacts="$folder/artifacts" \
  --secret "id=key.json,src=$folder/secrets/key.json" \
  --secret id=token,src=TOKEN,type=env \
  --timestamp 1767225600 \
  --layers=true \
  --cache-from ghcr.io/acme/cache \
  --cache-to ghcr.io/acme/cache \
  --tag "$image" \
  ./-app
buildah push --quiet "$image" "oci:$folder/image:image"
