//! `127.0.0.1:8080`, `localhost:8080`: addresses that a process listens on.

use std::net::{SocketAddr, ToSocketAddrs};

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The host or the port is missing, or the port is no number.
    #[error("it must be host:port, such as 127.0.0.1:8080 or localhost:8080")]
    Form,
    /// The host's name is unknown here.
    #[error("host {host} does not resolve to an address: {cause}")]
    Unresolved {
        /// The host's name.
        host: String,
        /// The error of the operating system.
        cause: String,
    },
}

/// Reads an address; a host's name becomes its first IPv4 address, else its first address.
///
/// # Errors
/// When the form is wrong, or the name does not resolve.
pub fn parse_address(text: &str) -> Result<SocketAddr, AddressError> {
    let text = text.trim();
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let (host, port) = text.rsplit_once(':').ok_or(AddressError::Form)?;
    let port: u16 = port.parse().map_err(|_| AddressError::Form)?;
    if host.is_empty() || host.contains([':', '[', ']', '/']) {
        return Err(AddressError::Form);
    }
    let unresolved = |cause: String| AddressError::Unresolved {
        host: host.to_owned(),
        cause,
    };
    let found = (host, port).to_socket_addrs();
    let found: Vec<_> = found
        .map_err(|error| unresolved(error.to_string()))?
        .collect();
    let first = found.iter().find(|address| address.is_ipv4());
    first
        .or(found.first())
        .copied()
        .ok_or_else(|| unresolved("no address".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_addresses() {
        for (text, address) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("[::1]:80", "[::1]:80"),
            (" localhost:8080 ", "127.0.0.1:8080"),
        ] {
            assert_eq!(parse_address(text).unwrap().to_string(), address);
        }
    }

    #[test]
    fn a_text_without_host_or_port_is_refused_and_an_unknown_host_is_named() {
        for text in [
            "",
            "8080",
            ":8080",
            "localhost",
            "localhost:x",
            "::1:80",
            "http://x:80",
        ] {
            assert_eq!(parse_address(text), Err(AddressError::Form), "{text}");
        }
        let unknown = parse_address("no-such-host.invalid:80").unwrap_err();
        let text = unknown.to_string();
        assert!(
            text.starts_with("host no-such-host.invalid does not resolve"),
            "{text}"
        );
    }
}
