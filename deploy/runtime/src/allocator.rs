//! The allocator of every process that links this crate. A decision allocates hundreds of small
//! strings in one thread and frees them in another. With the C library's allocator that took 40 % of the
//! front's processor time. Mimalloc is as fast, and took 66 MiB where this takes 39 (256 in flight).

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
