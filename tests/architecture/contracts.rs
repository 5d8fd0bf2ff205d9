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
fn every_topic_is_told_once_and_every_payload_is_a_schema_that_exists() {
    let yaml = file("schemas/asyncapi.yaml");
    let mut told = values(&yaml, "address");
    let mut topics = Topic::ALL.map(|topic| topic.name().to_owned()).to_vec();
    told.sort();
    topics.sort();
    assert_eq!(told, topics);
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

/// The routes of the code: every `path!` but those for whatever lies below. Its methods are those of its
/// filter, or those that its handler names when it refuses the others.
fn routes(sources: &[Source]) -> Routes {
    let mut routes = Routes::new();
    for source in sources {
        let code = code(source);
        for chunk in code.split("path!(").skip(1) {
            let Some((segments, handling)) = chunk.split_once(')') else {
                continue;
            };
            if !segments.contains("..") {
                let methods = methods(handling, sources);
                routes.entry(path(segments)).or_default().extend(methods);
            }
        }
    }
    routes
}

fn path(segments: &str) -> String {
    let segment = |segment: &str| match segment.trim().strip_prefix('"') {
        Some(literal) => literal.trim_end_matches('"').to_owned(),
        None => String::from("{}"),
    };
    let segments: Vec<String> = segments.split('/').map(segment).collect();
    format!("/{}", segments.join("/"))
}

fn methods(handling: &str, sources: &[Source]) -> BTreeSet<String> {
    let filters = [("warp::get()", "get"), ("warp::post()", "post")];
    let filter = filters.iter().find(|(filter, _)| handling.contains(filter));
    if let Some((_, method)) = filter {
        return BTreeSet::from([(*method).to_owned()]);
    }
    handler(handling, sources).map_or_else(BTreeSet::new, |allowed| {
        allowed.split(", ").map(str::to_lowercase).collect()
    })
}

/// `module::function` of the API: what it allows stands in its `ApiError::Method`.
fn handler(handling: &str, sources: &[Source]) -> Option<String> {
    let mut words = handling.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    words.find_map(|word| {
        let (module, function) = word.split_once("::")?;
        let path = format!("front/src/api/{module}.rs");
        let source = sources.iter().find(|source| source.path == path)?;
        let code = code(source);
        let (_, body) = code.split_once(&format!("fn {function}("))?;
        between(body, "ApiError::Method(\"", "\")").map(str::to_owned)
    })
}

/// The paths of an OpenAPI file and their methods, by indentation.
fn told_routes(yaml: &str) -> Routes {
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
fn every_route_is_told_with_its_methods() {
    let sources = product(&["front/src/"]);
    let routes = routes(&sources);
    assert!(
        routes.len() > 10 && routes.values().all(|methods| !methods.is_empty()),
        "{routes:?}"
    );
    assert_eq!(told_routes(&file("schemas/openapi.yaml")), routes);
}

#[test]
fn every_route_is_written_with_the_macro_that_the_law_reads() {
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
fn each_contract_law_finds_its_offender() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let api = source(
        "front/src/api.rs",
        "path!(\"a\" / Segment / \"b\").then(|t, c| respond(c, |c| cards::card(c, t)));\npath!(\"a\" / ..).x()\n// path!(\"z\")",
    );
    let cards = source(
        "front/src/api/cards.rs",
        "fn card(c) { Err(ApiError::Method(\"GET, PUT\")) }",
    );
    let found = routes(&[api, cards]);
    let told = told_routes("paths:\n  /a/{token}/b:\n    get:\n      x: 1\n    put:\n");
    assert_eq!(found, told);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["/a/{}/b"]);
    assert_ne!(found, told_routes("  /a/{token}/b:\n    get:\n"));

    assert_eq!(values("  a: x.v1\n  b: { a: './y' }", "a"), ["x.v1", "./y"]);
}
