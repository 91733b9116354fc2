#!/bin/sh
# Builds linux/arm64 of py3.12 as it was built by docker 1.2.3.
# Leaves py3.12-linux-arm64.oci.tar, an OCI archive; skopeo copies it anywhere. Pushes nothing.
set -eu
git clone https://example.org/acme/app.git source
cd source
git checkout --quiet --detach 0123abc
# The secret key.json, a file whose path the variable has to hold:
: "${KEY_FILE?}"
# The secret token, which the variable has to hold:
: "${TOKEN?}"
# The programs compiled before, which have to be there:
mkdir -p artifacts/arm64
cp -R -p out/. artifacts/arm64
chmod -R 755 artifacts/arm64
export SOURCE_DATE_EPOCH=1767225600
docker buildx build \
  --file 'docker/Docker file' \
  --platform linux/arm64 \
  --target run \
  --build-arg 'ODD=it'\''s "$HOME" `id`
-x' \
  --label 'team=blue & green' \
  --annotation 'note=1 2' \
  --network none \
  --build-context more=-more \
  --build-context tools=docker-image://ghcr.io/acme/tools:1 \
  --build-context alpine:3=docker-image://docker.io/library/alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
  --build-context artifacts=artifacts \
  --secret "id=key.json,src=$KEY_FILE" \
  --secret "id=token,env=TOKEN" \
  --provenance=false \
  --output type=oci,dest=py3.12-linux-arm64.oci.tar,rewrite-timestamp=true \
  ./-app
