//! A minimal Postgres client: SCRAM and the simple query protocol. The fetched
//! programs have no client, and libraries for SQL belong to the store.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub(super) struct Client(TcpStream);

impl Client {
    /// Logs in to `postgres://user:password@host:port/database`.
    pub(super) fn connect(url: &str) -> io::Result<Self> {
        let (login, place) = url
            .strip_prefix("postgres://")
            .unwrap()
            .split_once('@')
            .unwrap();
        let (user, password) = login.split_once(':').unwrap();
        let (addr, database) = place.split_once('/').unwrap();
        let mut client = Self(TcpStream::connect(addr)?);
        let start = format!("user\0{user}\0database\0{database}\0\0");
        client.send(
            None,
            &[&196_608_u32.to_be_bytes(), start.as_bytes()].concat(),
        )?;
        client.log_in(password)?;
        while client.receive()?.0 != b'Z' {}
        Ok(client)
    }

    /// The first column of the first row.
    pub(super) fn query(&mut self, sql: &str) -> io::Result<String> {
        self.send(Some(b'Q'), &[sql.as_bytes(), b"\0"].concat())?;
        let mut response = String::new();
        loop {
            match self.receive()? {
                (b'D', row) => response = String::from_utf8_lossy(&row[6..]).into_owned(),
                (b'Z', _) => return Ok(response),
                _ => {}
            }
        }
    }

    fn log_in(&mut self, password: &str) -> io::Result<()> {
        assert_eq!(
            self.receive()?.1[..4],
            10_u32.to_be_bytes(),
            "it must ask for SCRAM"
        );
        let first = "n=,r=nonce-of-a-test";
        let message = format!("n,,{first}");
        let length = u32::try_from(message.len()).unwrap().to_be_bytes();
        let parts = [b"SCRAM-SHA-256\0".as_slice(), &length, message.as_bytes()];
        self.send(Some(b'p'), &parts.concat())?;
        let challenge = String::from_utf8(self.receive()?.1[4..].to_vec()).unwrap();
        let part = |name| {
            challenge
                .split(',')
                .find_map(|p| p.strip_prefix(name))
                .unwrap()
        };
        let salt = BASE64_STANDARD.decode(part("s=")).unwrap();
        let salted = salt_password(password, &salt, part("i=").parse().unwrap());
        let last = format!("c=biws,r={}", part("r="));
        let key = mac(&salted, b"Client Key");
        let signed = format!("{first},{challenge},{last}");
        let mut proof = mac(&Sha256::digest(key), signed.as_bytes());
        proof.iter_mut().zip(key).for_each(|(a, b)| *a ^= b);
        let response = format!("{last},p={}", BASE64_STANDARD.encode(proof));
        self.send(Some(b'p'), response.as_bytes())
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) -> io::Result<()> {
        let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
        self.0.write_all(&[kind.as_slice(), &length, body].concat())
    }

    fn receive(&mut self) -> io::Result<(u8, Vec<u8>)> {
        let mut head = [0; 5];
        self.0.read_exact(&mut head)?;
        let length = u32::from_be_bytes(head[1..].try_into().unwrap()) as usize - 4;
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        if head[0] == b'E' {
            return Err(io::Error::other(
                String::from_utf8_lossy(&body).into_owned(),
            ));
        }
        Ok((head[0], body))
    }
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn salt_password(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    let mut block = mac(password.as_bytes(), &[salt, &1_u32.to_be_bytes()].concat());
    let mut sum = block;
    for _ in 1..rounds {
        block = mac(password.as_bytes(), &block);
        sum.iter_mut().zip(block).for_each(|(a, b)| *a ^= b);
    }
    sum
}
