#!/bin/sh
# Builds linux/arm64 of py3.12 as it was built by buildah 1.2.3, emulated.
# Leaves py3.12-linux-arm64.oci.tar, an OCI archive; skopeo copies it anywhere. Pushes nothing.
set -eu
# Run it in the folder that holds the source.
# The secret key.json, a file whose path the variable has to hold:
: "${KEY_FILE?}"
# The secret token, which the variable has to hold:
: "${TOKEN?}"
# The programs compiled before, which have to be there:
mkdir -p artifacts/arm64
cp -R -p out/. artifacts/arm64
chmod -R 755 artifacts/arm64
export SOURCE_DATE_EPOCH=1767225600
buildah build \
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
  --build-context artifacts=artifacts \
  --format oci --layers=false \
  --secret "id=key.json,src=$KEY_FILE" \
  --secret "id=token,src=TOKEN,type=env" \
  --timestamp 1767225600 \
  --tag localhost/reproduced \
  ./-app
buildah push localhost/reproduced oci-archive:py3.12-linux-arm64.oci.tar
