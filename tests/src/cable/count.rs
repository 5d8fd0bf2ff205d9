//! Counting what a program says to Postgres: how often it waits for an answer.

use std::sync::atomic::{AtomicU64, Ordering};

/// Length of a message's kind and of its length field.
const HEAD: usize = 5;

/// Reads the messages of one connection as they pass by, in whatever pieces they come.
#[derive(Debug, Default)]
pub(super) struct Listener {
    kept: Vec<u8>,
    /// Messages before the connection is opened have no kind.
    is_open: bool,
    /// Is it a connection that is to be counted?
    counts: bool,
}

impl Listener {
    /// Hears a piece; counts the simple queries and the ends of extended ones in it, where the connection
    /// was opened under this name. After each of them the program waits for Postgres.
    pub(super) fn hear(&mut self, piece: &[u8], name: &[u8], waits: &AtomicU64) {
        self.kept.extend_from_slice(piece);
        while let Some((kind, length)) = self.head() {
            if self.kept.len() < length {
                return;
            }
            let message: Vec<u8> = self.kept.drain(..length).collect();
            match kind {
                None if message.len() > 8 => {
                    self.is_open = true;
                    self.counts = message.windows(name.len()).any(|part| part == name);
                }
                Some(b'Q' | b'S') if self.counts => {
                    waits.fetch_add(1, Ordering::Relaxed);
                }
                _ => {}
            }
        }
    }

    /// Kind and length of the message that comes next, once its head is there.
    fn head(&self) -> Option<(Option<u8>, usize)> {
        let number = |at: usize| {
            let bytes = self.kept.get(at..at + 4)?;
            let number = u32::from_be_bytes(bytes.try_into().ok()?);
            usize::try_from(number).ok()
        };
        if self.is_open {
            let kind = *self.kept.first()?;
            return Some((Some(kind), number(1)? + HEAD - 4));
        }
        Some((None, number(0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap();
        [&[kind][..], &length.to_be_bytes(), body].concat()
    }

    #[test]
    fn what_waits_is_counted_however_it_is_cut() {
        let startup = b"\0\0\0\x13\0\x03\0\0name\0lane\0\0";
        let mut said = startup[..19].to_vec();
        said.extend(message(b'Q', b"BEGIN\0"));
        said.extend(message(b'B', b"S is not a kind here"));
        said.extend(message(b'S', b""));
        for size in [1, 3, 7, 1000] {
            let (lane, other) = (AtomicU64::new(0), AtomicU64::new(0));
            let (mut one, mut two) = (Listener::default(), Listener::default());
            for piece in said.chunks(size) {
                one.hear(piece, b"lane", &lane);
                two.hear(piece, b"side", &other);
            }
            let heard = (lane.into_inner(), other.into_inner());
            assert_eq!(heard, (2, 0), "pieces of {size}");
        }
    }
}
