//! Kafka's jars, fetched once by Maven and kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use holdfast_local::cache;

use super::tools::run_program;
use super::{ApacheError, on};

const VERSION: &str = "4.1.2";

/// Returns the folder of the jars. Of several processes one fetches them and the others wait.
pub(super) fn fetch_classes() -> Result<PathBuf, ApacheError> {
    let cache = cache::user_cache_folder();
    fs::create_dir_all(&cache).map_err(on(&cache))?;
    let path = cache.join("kafka.lock");
    let _lock = cache::lock_file(&path).map_err(on(&path))?;
    let classes = cache.join(format!("kafka-{VERSION}"));
    if !classes.is_dir() {
        fetch_jars(&cache, &classes)?;
    }
    Ok(classes)
}

/// Fetches into a temporary folder, and renames it when complete.
fn fetch_jars(cache: &Path, classes: &Path) -> Result<(), ApacheError> {
    let partial = cache.join("kafka.making");
    drop(fs::remove_dir_all(&partial));
    let jars = partial.join("jars");
    fs::create_dir_all(&jars).map_err(on(&jars))?;
    let pom = partial.join("pom.xml");
    fs::write(&pom, POM.replace("VERSION", VERSION)).map_err(on(&pom))?;
    tracing::info!(folder = %classes.display(), "Fetching Apache Kafka {VERSION}, once");
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--quiet", "--file"]).arg(&pom);
    maven.arg("dependency:copy-dependencies");
    maven.arg(format!("-DoutputDirectory={}", jars.display()));
    run_program("mvn", &mut maven)?;
    fs::rename(&jars, classes).map_err(on(classes))
}

const POM: &str = r#"<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>holdfast</groupId>
  <artifactId>kafka-for-tests</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>VERSION</version>
    </dependency>
  </dependencies>
</project>
"#;
