#!/bin/sh
# Builds linux/arm64 as it was built by daemonless.
# Leaves linux-arm64.oci.tar, an OCI archive; skopeo copies it anywhere. Pushes nothing.
set -eu
git clone https://example.org/acme/app.git source
cd source
git checkout --quiet --detach 0123abc
# The programs compiled before, which have to be there:
mkdir -p artifacts/arm64
cp -R -p out/arm/. artifacts/arm64
chmod -R 755 artifacts/arm64
export SOURCE_DATE_EPOCH=5
multiarch-release build --builder daemonless \
  --platforms linux/arm64 \
  --context app \
  --dockerfile app/Dockerfile \
  --build-arg A=1 \
  --build-context alpine:3=docker-image://docker.io/library/alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
  --build-context artifacts=artifacts \
  --output oci-archive:linux-arm64.oci.tar
