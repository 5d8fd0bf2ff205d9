//! The allocator of every program that links this crate. A decision makes some hundreds of small texts in
//! one thread that are freed in another; with the C library's allocator that was two fifths of the
//! front's processor time.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
