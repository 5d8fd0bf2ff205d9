//! The contracts name the topics and routes of the code, each, and no other.

use crate::sources::{Source, between, code, file, product};
use holdfast_events::Topic;
use std::collections::{BTreeMap, BTreeSet};

// ---- topics

/// The values of all lines `key: value`, without quotes.
fn values(yaml: &str, key: &str) -> Vec<String> {
    yaml.lines()
        .filter_map(|line| {
            between(&format!("{line}\n"), &format!("{key}: "), "\n").map(str::to_owned)
        })
        .map(|value| value.trim_matches([' ', '}', '\'']).to_owned())
        .collect()
}

#[test]
fn every_topic_is_documented_once_and_every_payload_is_a_schema_that_exists() {
    let yaml = file("schemas/asyncapi.yaml");
    let mut documented = values(&yaml, "address");
    let mut topics = Topic::ALL.map(|topic| topic.name().to_owned()).to_vec();
    documented.sort();
    topics.sort();
    assert_eq!(documented, topics);
    let payloads: BTreeSet<String> = values(&yaml, "schema: { $ref").into_iter().collect();
    let files = holdfast_events::schema::files().unwrap();
    let names = files.iter().map(|file| format!("./events/{}", file.name));
    assert_eq!(payloads, names.collect());
    for topic in Topic::ALL {
        assert!(yaml.contains(topic.event_type()), "{}", topic.event_type());
    }
}

// ---- routes

/// Methods by path; what a path takes is `{}`.
type Routes = BTreeMap<String, BTreeSet<String>>;

/// The file with the table of the private API's paths.
const API: &str = "front/src/api.rs";

/// The routes of the code: every `path!` without `..`, with the methods of its filter; and every row of the
/// private API's table.
fn routes(sources: &[Source]) -> Routes {
    let mut routes = Routes::new();
    for source in sources {
        let code = code(source);
        if source.path == API {
            routes.extend(api_routes(&code, sources));
        }
        for chunk in code.split("path!(").skip(1) {
            let Some((segments, handling)) = chunk.split_once(')') else {
                continue;
            };
            if !segments.contains("..") {
                let methods = methods(handling);
                routes.entry(path(segments)).or_default().extend(methods);
            }
        }
    }
    routes
}

/// Rows `["holds", id, "match"] => handler(call.post(…)?, id)`: a name stands for any segment. The methods are
/// those that the row admits, or those that its handler names when it refuses the others.
fn api_routes(code: &str, sources: &[Source]) -> Routes {
    let rows = code.split("\n        [\"").skip(1);
    let row = |row: &str| {
        let (segments, handling) = row.split_once("] => ")?;
        let handling = handling.split("\n        [").next()?;
        let path = path(&format!(
            "\"api\" / \"v1\" / \"{}",
            segments.replace(',', " /")
        ));
        Some((path, api_methods(handling, sources)))
    };
    rows.filter_map(row).collect()
}

fn api_methods(handling: &str, sources: &[Source]) -> BTreeSet<String> {
    let admitted = [("call.get()", "get"), ("call.post(", "post")];
    let admitted = admitted.iter().find(|(call, _)| handling.contains(call));
    if let Some((_, method)) = admitted {
        return BTreeSet::from([(*method).to_owned()]);
    }
    let handler = handling.split('(').next();
    let handler = handler.and_then(|head| head.split_whitespace().last());
    let allowed = handler.and_then(|handler| allowed_by(handler, sources));
    let allowed = allowed.unwrap_or_default();
    let methods = allowed.split(", ").filter(|method| !method.is_empty());
    methods.map(str::to_lowercase).collect()
}

/// What the first `ApiError::Method` after a handler's head names.
fn allowed_by(handler: &str, sources: &[Source]) -> Option<String> {
    let mut inside = sources
        .iter()
        .filter(|s| s.path.starts_with("front/src/api/"));
    inside.find_map(|source| {
        let code = code(source);
        let (_, body) = code.split_once(&format!("fn {handler}("))?;
        between(body, "ApiError::Method(\"", "\")").map(str::to_owned)
    })
}

fn path(segments: &str) -> String {
    let segment = |segment: &str| match segment.trim().strip_prefix('"') {
        Some(literal) => literal.trim_end_matches('"').to_owned(),
        None => String::from("{}"),
    };
    let segments: Vec<String> = segments.split('/').map(segment).collect();
    format!("/{}", segments.join("/"))
}

fn methods(handling: &str) -> BTreeSet<String> {
    let filters = [("warp::get()", "get"), ("warp::post()", "post")];
    let found = filters
        .iter()
        .filter(|(filter, _)| handling.contains(filter));
    found
        .take(1)
        .map(|(_, method)| (*method).to_owned())
        .collect()
}

/// The paths of an OpenAPI file and their methods, by indentation.
fn documented_routes(yaml: &str) -> Routes {
    const METHODS: [&str; 5] = ["get:", "put:", "post:", "delete:", "patch:"];
    let mut routes = Routes::new();
    let mut here = String::new();
    for line in yaml.lines() {
        let indent = line.len() - line.trim_start().len();
        if indent == 2 && line.trim().starts_with('/') {
            here = line
                .trim()
                .trim_end_matches(':')
                .split('/')
                .map(nameless)
                .collect();
            routes.insert(here.clone(), BTreeSet::new());
        } else if indent == 4 && METHODS.contains(&line.trim()) {
            let methods = routes.get_mut(&here).unwrap();
            methods.insert(line.trim().trim_end_matches(':').to_owned());
        }
    }
    routes
}

/// A segment with its slash; `{token}` is `{}`.
fn nameless(segment: &str) -> String {
    match segment {
        "" => String::new(),
        named if named.starts_with('{') => String::from("/{}"),
        literal => format!("/{literal}"),
    }
}

#[test]
fn every_route_is_documented_with_its_methods() {
    let sources = product(&["front/src/"]);
    let routes = routes(&sources);
    assert!(
        routes.len() > 10 && routes.values().all(|methods| !methods.is_empty()),
        "{routes:?}"
    );
    assert_eq!(documented_routes(&file("schemas/openapi.yaml")), routes);
}

#[test]
fn every_route_is_written_with_the_macro_or_the_table_that_the_test_reads() {
    const OTHERS: [&str; 4] = ["warp::path(", "path::param", "path::path(", "path::full("];
    let others = |source: &&Source| OTHERS.iter().any(|other| code(source).contains(other));
    let sources = product(&["front/src/"]);
    let offenders: Vec<&str> = sources
        .iter()
        .filter(others)
        .map(|s| s.path.as_str())
        .collect();
    assert_eq!(offenders, Vec::<&str>::new());
}

#[test]
fn each_contract_test_finds_its_offender() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let api = source(
        API,
        "path!(\"api\" / ..).x()\n    {\n        [\"a\", token, \"b\"] => handle_card(call, token).await,\n        [\"c\"] => {\n            list(call.get()?)\n        }\n        _ => x\n// path!(\"z\")",
    );
    let cards = source(
        "front/src/api/cards.rs",
        "fn handle_card(c) { Err(ApiError::Method(\"GET, PUT\")) }",
    );
    let health = source("front/src/x.rs", "path!(\"live\").and(warp::get())");
    let found = routes(&[api, cards, health]);
    let documented = documented_routes(
        "paths:\n  /api/v1/a/{token}/b:\n    get:\n      x: 1\n    put:\n  /api/v1/c:\n    get:\n  /live:\n    get:\n",
    );
    assert_eq!(found, documented);
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        ["/api/v1/a/{}/b", "/api/v1/c", "/live"]
    );
    assert_ne!(found, documented_routes("  /a/{token}/b:\n    get:\n"));

    assert_eq!(values("  a: x.v1\n  b: { a: './y' }", "a"), ["x.v1", "./y"]);
}
