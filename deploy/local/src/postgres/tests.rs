//! Against real servers: those of this machine, or fetched ones with `HOLDFAST_POSTGRES_BIN=fetch`.

mod client;
mod killed;

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use super::*;
use crate::process;
use client::Client;

/// A folder that the server's user can enter, whichever user runs the tests.
fn folder() -> tempfile::TempDir {
    let mut builder = tempfile::Builder::new();
    builder
        .prefix("holdfast-test-")
        .permissions(std::fs::Permissions::from_mode(0o755));
    builder.tempdir().unwrap()
}

fn query(server: &EmbeddedPostgres, sql: &str) -> String {
    Client::connect(&server.url()).unwrap().query(sql).unwrap()
}

#[tokio::test]
async fn what_is_committed_is_there_after_a_restart() {
    let folder = folder();
    let began = Instant::now();
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    println!("first start took {:?}", began.elapsed());
    assert_eq!(query(&server, "select current_database()"), "holdfast");
    assert_eq!(query(&server, "show server_encoding"), "UTF8");
    assert_eq!(
        query(&server, "show fsync") + &query(&server, "show synchronous_commit"),
        "onon"
    );
    query(&server, "create table t as select 42 as n");
    let (pid, url) = (server.pid(), server.url());
    server.stop().await.unwrap();
    assert!(!process::is_alive(pid));
    let began = Instant::now();
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    println!("second start took {:?}", began.elapsed());
    assert!(!server.was_taken_over());
    assert_eq!(query(&server, "select n from t"), "42");
    let password = |url: &str| url.split('@').next().unwrap().to_owned();
    assert_eq!(password(&server.url()), password(&url));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn only_the_password_opens_it_and_only_its_owner_can_read_the_password() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests)
        .await
        .unwrap();
    let wrong = server.url().replace("postgres:", "postgres:x");
    assert!(Client::connect(&wrong.replacen("postgres:x//", "postgres://", 1)).is_err());
    let file = server.folder().join("password");
    assert_eq!(
        std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(query(&server, "show listen_addresses"), "127.0.0.1");
    assert!(!format!("{server:?}").contains(server.cluster.password()));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_temporary_server_leaves_nothing() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests)
        .await
        .unwrap();
    let (pid, folder) = (server.pid(), server.folder().to_owned());
    assert_eq!(query(&server, "show fsync"), "off");
    assert!(folder.is_dir());
    server.stop().await.unwrap();
    assert!(!process::is_alive(pid));
    assert!(!folder.exists() && !folder.parent().unwrap().join("postgres").exists());
}

#[tokio::test]
async fn dropping_stops_it() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests)
        .await
        .unwrap();
    let pid = server.pid();
    drop(server);
    assert!(!process::is_alive(pid));
}

#[tokio::test]
async fn a_second_process_learns_which_one_uses_the_folder() {
    let folder = folder();
    let first = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    let error = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap_err();
    let expected = format!("(pid {})", std::process::id());
    assert!(
        error.to_string().starts_with("another holdfast uses "),
        "{error}"
    );
    assert!(error.to_string().contains(&expected), "{error}");
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_that_names_another_process_harms_neither() {
    let folder = folder();
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    let file = server.folder().join("cluster/postmaster.pid");
    server.stop().await.unwrap();
    let mut unrelated = std::process::Command::new("sleep")
        .arg("60")
        .spawn()
        .unwrap();
    std::fs::write(&file, format!("{}\n", unrelated.id())).unwrap();
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    assert_eq!(query(&server, "select 1"), "1");
    assert!(process::is_alive(unrelated.id()), "it must not be stopped");
    unrelated.kill().unwrap();
    unrelated.wait().unwrap();
    server.stop().await.unwrap();
}

#[tokio::test]
async fn root_finds_another_place_when_the_servers_user_cannot_enter() {
    if !rustix::process::geteuid().is_root() {
        return; // Only root runs the server as another user.
    }
    let closed = tempfile::tempdir().unwrap();
    let only_owner = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(closed.path(), only_owner).unwrap();
    let given = closed.path().join("checkout/data");
    let server = EmbeddedPostgres::start(&given, Options::default())
        .await
        .unwrap();
    let noted = std::fs::read_to_string(given.join("postgres.location")).unwrap();
    assert_eq!(noted.trim(), server.folder().to_str().unwrap());
    assert!(server.folder().starts_with("/var/lib/holdfast"));
    query(&server, "create table t as select 7 as n");
    let elsewhere = server.folder().to_owned();
    server.stop().await.unwrap();
    let server = EmbeddedPostgres::start(&given, Options::default())
        .await
        .unwrap();
    assert_eq!(query(&server, "select n from t"), "7");
    server.stop().await.unwrap();
    std::fs::remove_dir_all(elsewhere).unwrap();
}

#[tokio::test]
async fn an_interrupted_first_start_is_repeated() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("postgres/cluster.making/base")).unwrap();
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    assert_eq!(query(&server, "select 1"), "1");
    server.stop().await.unwrap();
}

/// Waits for what other processes do.
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(120), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
