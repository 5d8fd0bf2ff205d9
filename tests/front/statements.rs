//! Every statement that the store keeps in a file is one that Postgres understands.

use holdfast_tests::TestDatabase;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/store/sql");

#[tokio::test]
async fn every_statement_prepares_against_the_migrated_schema() {
    let database = TestDatabase::create().await;
    let mut connection = database.connect().await;
    let mut refused = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 30, "the statements are elsewhere now");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        if let Err(error) = connection.prepare(AssertSqlSafe(text).into_sql_str()).await {
            refused.push(format!("{}: {error}", name(&file)));
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}
