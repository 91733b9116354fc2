#!/bin/sh
# Builds linux/arm64 by buildx 1.2.3, emulated.
set -eu
folder='/srv/the agent'\''s/work@tmp/1'
export PATH="$folder/bin:$PATH"
export DOCKER_CONFIG="$folder/docker"
mkdir -p "$folder/secrets"
ln -sf "${KEY_FILE?}" "$folder/secrets/key.json"
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"
export SOURCE_DATE_EPOCH=1767225600
docker buildx build \
  --progress=plain \
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
  --secret id=token,env=TOKEN \
  --cache-from type=registry,ref=ghcr.io/acme/cache:py3.12-linux-arm64 \
  --cache-to type=registry,ref=ghcr.io/acme/cache:py3.12-linux-arm64,mode=max,image-manifest=true,oci-mediatypes=true,compression=zstd,ignore-error=true \
  --output "type=oci,dest=$folder/image.tar,rewrite-timestamp=true" \
  --metadata-file "$folder/metadata.json" \
  ./-app
