//! Every statement that the store keeps in a file takes and returns the types that are recorded beside this test.

use holdfast_tests::TestDatabase;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Column, Either, Executor, SqlSafeStr, Statement, TypeInfo};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/store/sql");
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/front/statements.txt");

/// A changed column type changes what the store's Rust code must bind or read. When the change is meant, adapt the
/// code, then replace the record by the file that the failed test has written.
#[tokio::test]
async fn every_statement_has_its_recorded_types_in_the_migrated_schema() {
    let database = TestDatabase::create().await;
    let mut connection = database.connect().await;
    let files = statement_files();
    assert!(files.len() > 30, "the statements are elsewhere now");
    let mut described = String::new();
    for file in files {
        let types = describe_types(&mut connection, &file).await;
        writeln!(described, "{}\n{types}", file_name(&file)).unwrap();
    }
    described.push_str(&describe_tables(&mut connection).await);
    let recorded = std::fs::read_to_string(RECORDED).unwrap_or_default();
    if described != recorded {
        let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("statements.txt");
        std::fs::write(&written, &described).unwrap();
        let changed = changed_lines(&recorded, &described);
        panic!(
            "{RECORDED} records other types; now they are in {}:\n{changed}",
            written.display()
        );
    }
}

fn statement_files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(FOLDER).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// The types as lines: `takes` with those of the parameters, `returns` with those of the columns.
async fn describe_types(connection: &mut PgConnection, file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let prepared = connection.prepare(AssertSqlSafe(text).into_sql_str()).await;
    assert!(
        prepared.is_ok(),
        "{}: {:?}",
        file_name(file),
        prepared.err()
    );
    let statement = prepared.unwrap();
    let mut lines = String::new();
    if let Some(Either::Left(parameters)) = statement.parameters() {
        for (number, parameter) in (1..).zip(parameters) {
            writeln!(lines, "  takes ${number} {}", parameter.name()).unwrap();
        }
    }
    for column in statement.columns() {
        let (name, kind) = (column.name(), column.type_info().name());
        writeln!(lines, "  returns {name} {kind}").unwrap();
    }
    lines
}

/// Every table's columns: those that statements return inside of JSON have no other type to compare.
async fn describe_tables(connection: &mut PgConnection) -> String {
    let columns = "select format('  holds %s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then ' not null' else '' end)
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and a.attnum > 0 and not a.attisdropped and c.relname not like '\\_sqlx%'
        order by c.relname, a.attnum";
    let columns: Vec<String> = sqlx::query_scalar(columns)
        .fetch_all(connection)
        .await
        .unwrap();
    format!("tables\n{}\n", columns.join("\n"))
}

/// The lines of one text that the other lacks, each with the statement that it belongs to.
fn changed_lines(recorded: &str, described: &str) -> String {
    let [before, after] = [recorded, described].map(lines_by_statement);
    let gone = before.iter().filter(|line| !after.contains(line));
    let new = after.iter().filter(|line| !before.contains(line));
    let lines = gone.map(|line| format!("- {line}\n"));
    lines.chain(new.map(|line| format!("+ {line}\n"))).collect()
}

fn lines_by_statement(text: &str) -> Vec<String> {
    let mut statement = "";
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with(' ') {
            lines.push(format!("{statement}:{line}"));
        } else {
            statement = line;
        }
    }
    lines
}
