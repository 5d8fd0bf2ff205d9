//! Free ports of this machine.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

/// Different ports of 127.0.0.1 that are free now. Another process may take one before its user does.
///
/// # Errors
/// When the machine has no free port.
pub fn free_ports<const N: usize>() -> io::Result<[u16; N]> {
    let mut ports = [0; N];
    // Kept open until every port is found: a closed one could be found twice.
    let mut listeners = Vec::new();
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        *port = listener.local_addr()?.port();
        listeners.push(listener);
    }
    Ok(ports)
}
