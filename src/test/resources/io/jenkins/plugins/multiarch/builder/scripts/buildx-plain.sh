#!/bin/sh
# Builds linux/amd64 by buildx 1.2.3.
set -eu
folder=/builds/b
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"
docker buildx build \
  --progress=plain \
  --file Dockerfile \
  --platform linux/amd64 \
  --output "type=oci,dest=$folder/image.tar" \
  .
