//! The signature of an envelope.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// `X-Marqeta-Signature`: HMAC-SHA256 of the raw body, lower-case hexadecimal.
pub fn signature(secret: &str, body: &[u8]) -> String {
    // A key of any length keys an HMAC: the error case does not exist for this type.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_published_test_vector() {
        // RFC 4231, test case 2.
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
