//! The signature of a delivery (reference section 1.3).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// The header that carries it.
pub(crate) const HEADER: &str = "x-marqeta-signature";

/// Verifies the lower-case hexadecimal HMAC of the raw body, SHA-256 or SHA-1, distinguished by length.
pub(crate) fn verify_signature(secret: &[u8], signature: Option<&str>, body: &[u8]) -> bool {
    let is_lower_case = |text: &&str| !text.contains(|c: char| c.is_ascii_uppercase());
    let signature = signature.filter(is_lower_case);
    let Some(signature) = signature.and_then(|text| hex::decode(text).ok()) else {
        return false;
    };
    match signature.len() {
        32 => verify_mac(Hmac::<Sha256>::new_from_slice(secret), &signature, body),
        20 => verify_mac(Hmac::<Sha1>::new_from_slice(secret), &signature, body),
        _ => false,
    }
}

/// `verify_slice` compares in constant time.
fn verify_mac<M: Mac, E>(mac: Result<M, E>, signature: &[u8], body: &[u8]) -> bool {
    mac.is_ok_and(|mut mac| {
        mac.update(body);
        mac.verify_slice(signature).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231_and_2202() {
        // Test case 2 of both: key "Jefe", data "what do ya want for nothing?"
        let verifies =
            |signature: Option<&str>, body: &[u8]| verify_signature(b"Jefe", signature, body);
        let body = b"what do ya want for nothing?";
        let sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let sha1 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
        assert!(verifies(Some(sha256), body));
        assert!(verifies(Some(sha1), body));
        assert!(!verifies(Some(sha256), b"something else"));
        assert!(!verifies(Some(&sha256.to_uppercase()), body));
        assert!(!verifies(Some(""), body));
        assert!(!verifies(None, body));
    }
}
