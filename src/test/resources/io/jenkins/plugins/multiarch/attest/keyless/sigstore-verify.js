// Verifies a bundle with @sigstore/verify, as npm does with packages.
//   node sigstore-verify.js BUNDLE key PUBLIC_KEY
//   node sigstore-verify.js BUNDLE identity TRUSTED_ROOT SUBJECT
// Ends with 0 and says whose it is, or with 1 and says why not.
const fs = require('fs');
const { createPublicKey } = require('crypto');
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { toSignedEntity, toTrustMaterial, Verifier } = require('@sigstore/verify');

const [, , bundle, how, trust, subject] = process.argv;
const read = (file) => fs.readFileSync(file, 'utf8');

function verifier() {
  if (how === 'key') {
    const nobody = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
    const publicKey = createPublicKey(read(trust));
    const trusted = toTrustMaterial(nobody, () => ({ publicKey, validFor: () => true }));
    return new Verifier(trusted, { tlogThreshold: 0, ctlogThreshold: 0 });
  }
  return new Verifier(toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(read(trust)))), { tsaThreshold: 1 });
}

try {
  const entity = toSignedEntity(bundleFromJSON(JSON.parse(read(bundle))));
  const signer = verifier().verify(entity, how === 'key' ? undefined : { subjectAlternativeName: subject });
  console.log(signer.identity ? signer.identity.subjectAlternativeName : 'key');
} catch (refusal) {
  console.error(`${refusal.code || refusal.name}: ${refusal.message}`);
  process.exit(1);
}
