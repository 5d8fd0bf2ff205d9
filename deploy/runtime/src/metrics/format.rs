//! The two forms of the metrics' text: OpenMetrics for clients that ask for it, else the older Prometheus text.

use http::{HeaderMap, header};

/// Content type of OpenMetrics.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Content type of the Prometheus text.
const PLAIN: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Form of the metrics' text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsFormat {
    /// `application/openmetrics-text`.
    OpenMetrics,
    /// `text/plain`.
    Plain,
}

impl MetricsFormat {
    /// The form that a client prefers by its `Accept`; plain text if it names neither.
    pub fn accepted_by(headers: &HeaderMap) -> Self {
        let accepts = headers.get_all(header::ACCEPT).into_iter();
        let accepts: Vec<&str> = accepts.filter_map(|value| value.to_str().ok()).collect();
        let ranges = || accepts.iter().flat_map(|value| value.split(','));
        let weight = |kind: &str| {
            let weights = ranges().filter_map(|range| weight_of(range, kind));
            weights.max().unwrap_or(0)
        };
        match weight("application/openmetrics-text") {
            open if open > 0 && open >= weight("text/plain") => Self::OpenMetrics,
            _ => Self::Plain,
        }
    }

    /// Value of `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => OPEN_METRICS,
            Self::Plain => PLAIN,
        }
    }
}

/// The weight in thousandths that a media range gives to this type; `None` for another type.
fn weight_of(range: &str, kind: &str) -> Option<u32> {
    let mut parts = range.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case(kind) {
        return None;
    }
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    Some(weight.map_or(1000, thousandths))
}

/// `1`, `0.5` or `0.125` in thousandths; 0 for anything else.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction:0<3.3}");
    digits.parse().unwrap_or(0)
}

/// Turns OpenMetrics into the Prometheus text: a counter's family has the name of its sample, and there is neither
/// a unit nor an end.
pub(super) fn plain_text(open_metrics: &str) -> String {
    let lines: Vec<&str> = open_metrics.lines().collect();
    let is_counter = |name: &str| {
        let declared = format!("# TYPE {name} counter");
        lines.contains(&declared.as_str())
    };
    let mut text = String::with_capacity(open_metrics.len());
    for line in &lines {
        let mut words = line.splitn(4, ' ');
        let head = (words.next(), words.next(), words.next());
        match head {
            (Some("#"), Some("UNIT" | "EOF"), _) => continue,
            (Some("#"), Some(keyword), Some(name)) if is_counter(name) => {
                let rest = words.next().unwrap_or_default();
                text.push_str(&format!("# {keyword} {name}_total {rest}"));
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_client_gets_what_it_prefers() {
        use MetricsFormat::{OpenMetrics, Plain};
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";
        for (accept, expected) in [
            (prometheus, OpenMetrics),
            ("application/openmetrics-text", OpenMetrics),
            ("text/plain, application/openmetrics-text;q=0.5", Plain),
            ("application/openmetrics-text;q=0", Plain),
            ("text/plain", Plain),
            ("*/*", Plain),
            ("", Plain),
        ] {
            let value = HeaderValue::from_static(accept);
            let headers = HeaderMap::from_iter([(header::ACCEPT, value)]);
            assert_eq!(MetricsFormat::accepted_by(&headers), expected, "{accept}");
        }
        assert_eq!(MetricsFormat::accepted_by(&HeaderMap::new()), Plain);
    }

    #[test]
    fn a_counter_is_named_like_its_sample_in_plain_text() {
        let open = "# HELP a_b Things.\n# TYPE a_b counter\na_b_total 3\n\
                    # HELP age_seconds Age.\n# TYPE age_seconds gauge\n# UNIT age_seconds seconds\nage_seconds 1\n# EOF\n";
        let plain = "# HELP a_b_total Things.\n# TYPE a_b_total counter\na_b_total 3\n\
                     # HELP age_seconds Age.\n# TYPE age_seconds gauge\nage_seconds 1\n";
        assert_eq!(plain_text(open), plain);
    }
}
