//! `deploy/metrics.md` explains every metric that the code registers, and no other.

use crate::sources::{Source, between, code, file, product, row_names};
use std::collections::BTreeSet;

const PAGE: &str = "deploy/metrics.md";
const FOLDERS: [&str; 4] = [
    "front/src/",
    "workers/src/",
    "schemas/",
    "deploy/runtime/src/build.rs",
];
/// Registers the metrics that every process has, by hand and without our prefix.
const PROCESS: &str = "deploy/runtime/src/metrics/process.rs";

/// The metrics that a source registers, as they are exported: with unit, and `_total` for counters.
fn registered(source: &Source) -> Vec<String> {
    let code = code(source);
    let calls = code.split("registry.register").skip(1);
    calls.filter_map(|call| exported(call, &code)).collect()
}

/// The arguments are the name, the help, perhaps the unit, and the metric: `self.field.clone()` or a local.
fn exported(call: &str, code: &str) -> Option<String> {
    let arguments = between(call, "(", ";")?;
    let name = between(arguments, "\"", "\"")?;
    let metric = arguments.trim_end_matches([')', ',', ' ', '\n']);
    let metric = metric.trim_end_matches(".clone(");
    let field = metric.trim_end_matches(".metric(").rsplit('.').next()?;
    let is_counter = |line: &str| {
        let line = line.trim().trim_start_matches("pub(crate) ");
        let line = line.trim_start_matches("pub ");
        line.starts_with(&format!("{field}: ")) && line.contains("Counter")
    };
    let unit = match call.starts_with("_with_unit") {
        true => "_seconds",
        false => "",
    };
    let total = match code.lines().any(is_counter) {
        true => "_total",
        false => "",
    };
    Some(format!("holdfast_{name}{unit}{total}"))
}

/// The metrics of the process itself, without their unit.
fn of_process(code: &str) -> BTreeSet<String> {
    let calls = code.split("encode_descriptor(").skip(1);
    let name = |call: &str| between(call, "\"", "\"").map(str::to_owned);
    calls.filter_map(name).collect()
}

fn all_registered() -> BTreeSet<String> {
    product(&FOLDERS).iter().flat_map(registered).collect()
}

/// Every word that is a metric of ours, without what a histogram adds.
fn metrics_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let plain = |word: &str| {
        let suffixes = ["_bucket", "_sum", "_count"];
        let base = suffixes.iter().find_map(|suffix| word.strip_suffix(suffix));
        base.unwrap_or(word).to_owned()
    };
    words
        .filter(|word| word.starts_with("holdfast_"))
        .map(plain)
        .collect()
}

#[test]
fn the_page_explains_every_metric_and_no_other() {
    let (ours, others): (BTreeSet<String>, BTreeSet<String>) = row_names(&file(PAGE))
        .into_iter()
        .partition(|name| name.starts_with("holdfast_"));
    let registered = all_registered();
    assert!(registered.len() > 20, "{registered:?}");
    assert_eq!(ours, registered);
    let without_unit = |name: &String| {
        let units = ["_seconds", "_bytes"];
        let base = units.iter().find_map(|unit| name.strip_suffix(unit));
        base.unwrap_or(name).to_owned()
    };
    let others: BTreeSet<String> = others.iter().map(without_unit).collect();
    assert_eq!(others, of_process(&file(PROCESS)));
}

#[test]
fn dashboard_alerts_and_pages_name_metrics_that_exist() {
    let registered = all_registered();
    let dashboard = file("deploy/dashboards/holdfast.json");
    serde_json::from_str::<serde_json::Value>(&dashboard).unwrap();
    for text in [dashboard, file("deploy/alerts/holdfast.yaml"), file(PAGE)] {
        let unknown: Vec<String> = metrics_in(&text).difference(&registered).cloned().collect();
        assert_eq!(unknown, Vec::<String>::new());
    }
}

#[test]
fn names_are_found_in_code_and_queries() {
    let source = Source {
        path: "m.rs".to_owned(),
        text: "hits: Family<Kind, Counter>,\nwait: Gauge,\nregistry.register(\n \"hits\", help, new.hits.clone());\nregistry.register_with_unit(\"wait\", help, Unit::Seconds, new.wait.clone());".to_owned(),
    };
    assert_eq!(
        registered(&source),
        ["holdfast_hits_total", "holdfast_wait_seconds"]
    );
    let process = "encoder.encode_descriptor(\n  \"process_age\", help)";
    assert_eq!(
        of_process(process),
        BTreeSet::from(["process_age".to_owned()])
    );
    let asked = metrics_in("rate(holdfast_wait_seconds_bucket[5m]) + holdfast_gone");
    assert_eq!(
        asked.into_iter().collect::<Vec<_>>(),
        ["holdfast_gone", "holdfast_wait_seconds"]
    );
}
