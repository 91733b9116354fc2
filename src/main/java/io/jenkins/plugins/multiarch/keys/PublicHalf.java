package io.jenkins.plugins.multiarch.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;

/** Works out the public key of a private one, which the JDK cannot do by itself. */
final class PublicHalf {

    private PublicHalf() {}

    static PublicKey of(PrivateKey secret) {
        try {
            if (secret instanceof ECPrivateKey ec) {
                ECPoint point = multiply(ec.getParams(), ec.getS());
                return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, ec.getParams()));
            }
            if (secret instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (secret instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
                return ofSeed(ed.getParams().getName(), ed.getBytes().get());
            }
        } catch (GeneralSecurityException e) {
            throw PrivateKeys.unreadable();
        }
        throw PrivateKeys.unreadable();
    }

    /** The JDK makes a pair from random bytes, which are the private key; these are not random. */
    private static PublicKey ofSeed(String curve, byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(curve);
        generator.initialize(new NamedParameterSpec(curve), new Seed(seed));
        return generator.generateKeyPair().getPublic();
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }

    /** The base point as many times as the private key says, by doubling and adding (SEC 1, 3.2.1). */
    private static ECPoint multiply(ECParameterSpec curve, BigInteger times) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = times.bitLength() - 1; bit >= 0; bit--) {
            sum = add(curve, sum, sum);
            if (times.testBit(bit)) {
                sum = add(curve, sum, curve.getGenerator());
            }
        }
        return sum;
    }

    private static ECPoint add(ECParameterSpec curve, ECPoint one, ECPoint other) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger dx = other.getAffineX().subtract(one.getAffineX());
        BigInteger slope;
        if (dx.signum() != 0) {
            slope = other.getAffineY().subtract(one.getAffineY()).multiply(dx.modInverse(p));
        } else if (one.getAffineY().equals(other.getAffineY())) {
            BigInteger square = one.getAffineX().pow(2).multiply(BigInteger.valueOf(3));
            slope = square.add(curve.getCurve().getA())
                    .multiply(one.getAffineY().shiftLeft(1).modInverse(p));
        } else {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger x = slope.pow(2)
                .subtract(one.getAffineX())
                .subtract(other.getAffineX())
                .mod(p);
        BigInteger y = slope.multiply(one.getAffineX().subtract(x))
                .subtract(one.getAffineY())
                .mod(p);
        return new ECPoint(x, y);
    }
}
