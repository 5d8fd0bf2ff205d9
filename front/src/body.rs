//! Request bodies, read up to a limit. (warp's own body filters read without one.)

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use warp::filters::BoxedFilter;
use warp::{Filter, Rejection};

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// It is longer than allowed.
    TooLarge,
    /// The connection broke while it was read.
    Broken,
}

/// The body as a stream, so that it is read only after the credentials have been checked.
pub type Streamed = std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, warp::Error>> + Send>>;

/// The declared length and the unread body.
pub fn unread() -> BoxedFilter<((Option<u64>, Streamed),)> {
    warp::header::optional::<u64>("content-length")
        .or_else(|_: Rejection| async { Ok::<_, Rejection>((None,)) })
        .and(warp::body::stream())
        .map(|declared, stream| (declared, boxed(stream)))
        .boxed()
}

fn boxed<S, B>(stream: S) -> Streamed
where
    S: Stream<Item = Result<B, warp::Error>> + Send + 'static,
    B: Buf,
{
    let whole = |mut piece: B| piece.copy_to_bytes(piece.remaining());
    Box::pin(stream.map(move |piece| piece.map(whole)))
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// [`BodyError`].
pub async fn read(
    (declared, mut stream): (Option<u64>, Streamed),
    limit: usize,
) -> Result<Bytes, BodyError> {
    if declared.is_some_and(|length| length > u64::try_from(limit).unwrap_or(u64::MAX)) {
        return Err(BodyError::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| BodyError::Broken)?;
        if body.len().saturating_add(piece.len()) > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}
