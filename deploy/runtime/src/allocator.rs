//! The allocator of every program that links this crate. A decision makes some hundreds of small texts in
//! one thread that are freed in another; with the C library's allocator that was two fifths of the
//! front's processor time. Mimalloc is as fast and took 66 MiB where this takes 39 (256 in flight).

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
