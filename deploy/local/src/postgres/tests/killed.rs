//! What happens to the server when the program that started it is killed.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

use super::*;

const FOLDER: &str = "HOLDFAST_TEST_PROGRAM_FOLDER";
const TEMPORARY: &str = "HOLDFAST_TEST_PROGRAM_TEMPORARY";

/// Not a test: the program that the tests below start from this very file, and kill.
#[tokio::test]
async fn program_to_kill() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let server = match std::env::var_os(TEMPORARY) {
        Some(_) => EmbeddedPostgres::temporary(Durability::OffForTests)
            .await
            .unwrap(),
        None => EmbeddedPostgres::start(folder, Options::default())
            .await
            .unwrap(),
    };
    let report = format!("{}\n{}", server.pid(), server.folder().display());
    std::fs::write(folder.join("making"), report).unwrap();
    std::fs::rename(folder.join("making"), folder.join("report")).unwrap();
    std::thread::sleep(Duration::from_secs(600));
}

/// The program, the server's process id and the server's folder.
fn program(folder: &Path, temporary: bool) -> (Child, u32, PathBuf) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "postgres::tests::killed::program_to_kill"])
        .env(FOLDER, folder);
    if temporary {
        command.env(TEMPORARY, "1");
    }
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    let child = command.spawn().unwrap();
    let report = folder.join("report");
    eventually("the program must start its server", || report.exists());
    let report = std::fs::read_to_string(report).unwrap();
    let (pid, place) = report.split_once('\n').unwrap();
    (child, pid.parse().unwrap(), place.into())
}

#[tokio::test]
async fn a_server_left_by_a_killed_program_is_taken_over() {
    let folder = folder();
    let (mut child, pid, _) = program(folder.path(), false);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(process::is_alive(pid));
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    assert!(server.was_taken_over());
    assert_eq!(server.pid(), pid);
    assert_eq!(query(&server, "select 1"), "1");
    server.stop().await.unwrap();
    eventually("a server that was taken over can be stopped", || {
        !process::is_alive(pid)
    });
}

#[tokio::test]
async fn a_left_server_that_does_not_answer_is_replaced() {
    let folder = folder();
    let (mut child, pid, _) = program(folder.path(), false);
    child.kill().unwrap();
    child.wait().unwrap();
    process::send_signal(pid, Signal::STOP);
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    assert!(!server.was_taken_over());
    assert!(!process::is_alive(pid));
    assert_eq!(query(&server, "select 1"), "1");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn ctrl_c_for_the_whole_group_does_not_reach_the_server() {
    let folder = folder();
    let (mut child, pid, _) = program(folder.path(), false);
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process_group(group, Signal::INT).unwrap();
    child.wait().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(process::is_alive(pid));
    let server = EmbeddedPostgres::start(folder.path(), Options::default())
        .await
        .unwrap();
    assert!(server.was_taken_over());
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_temporary_server_goes_with_a_killed_program() {
    let folder = folder();
    let (mut child, pid, place) = program(folder.path(), true);
    assert!(process::is_alive(pid) && place.is_dir());
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("the server must go", || !process::is_alive(pid));
    eventually("its files must go", || !place.parent().unwrap().exists());
}
