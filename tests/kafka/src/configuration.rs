//! `server.properties` of a single node that is broker and controller at once.

use std::path::{Path, PathBuf};

use super::{ApacheError, on};

/// Writes the file and returns its path. The files of an earlier attempt are removed.
pub(super) fn write_properties(folder: &Path, ports: [u16; 3]) -> Result<PathBuf, ApacheError> {
    let storage = folder.join("storage");
    drop(std::fs::remove_dir_all(&storage));
    let path = folder.join("server.properties");
    std::fs::write(&path, render_properties(&storage, ports)).map_err(on(&path))?;
    Ok(path)
}

/// One listener is open, one asks for the password `right` of the user `holdfast`. Replication is 1 wherever the default is 3: there is one node. Consumer groups start at once.
fn render_properties(storage: &Path, [port, sasl, controller]: [u16; 3]) -> String {
    format!(
        "process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},SASL://127.0.0.1:{sasl},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},SASL://127.0.0.1:{sasl}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_holdfast=right;
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
