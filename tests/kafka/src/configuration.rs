//! `server.properties` of a single node that is broker and controller at once.

use std::path::{Path, PathBuf};

use super::{ApacheError, on};

/// Writes the file and returns its path. The files of an earlier attempt are removed.
pub(super) fn write_properties(
    folder: &Path,
    port: u16,
    controller: u16,
) -> Result<PathBuf, ApacheError> {
    let storage = folder.join("storage");
    drop(std::fs::remove_dir_all(&storage));
    let path = folder.join("server.properties");
    std::fs::write(&path, render_properties(&storage, port, controller)).map_err(on(&path))?;
    Ok(path)
}

/// Replication is 1 wherever the default is 3: there is one node. Consumer groups start at once.
fn render_properties(storage: &Path, port: u16, controller: u16) -> String {
    format!(
        "process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={storage}
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
",
        storage = storage.display()
    )
}
