//! The head of a response: its status, and how long its body is.

use anyhow::{Context, Result};

/// Where a response's body begins, and what it says first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    /// Bytes of the head, its empty line included.
    pub(super) length: usize,
    /// Bytes of the body.
    pub(super) body: usize,
}

/// The head, once it is whole.
pub(super) fn head(bytes: &[u8]) -> Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(bytes.get(..end).unwrap_or_default())?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.and_then(|code| code.parse().ok());
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())
            .flatten()
    });
    Ok(Some(Head {
        status: status.context("a response without a status")?,
        length: end + 4,
        body: length.context("a response without a length")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::{Head, head};

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let text = b"HTTP/1.1 402 Payment Required\r\nContent-Length: 12\r\nx: y\r\n\r\nsomething";
        let whole = Head {
            status: 402,
            length: 59,
            body: 12,
        };
        assert_eq!(head(&text[..59]).ok().flatten(), Some(whole));
        assert_eq!(head(text).ok().flatten(), Some(whole));
        assert!(matches!(head(&text[..58]), Ok(None)));
    }

    #[test]
    fn an_answer_without_a_known_end_is_an_error() {
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert!(head(b"garbage\r\ncontent-length: 1\r\n\r\n").is_err());
    }
}
