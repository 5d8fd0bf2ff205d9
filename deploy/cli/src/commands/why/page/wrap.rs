//! Lines that fit on a screen.

/// Columns before the text: the headings of the page.
pub(super) const INDENT: usize = 12;
/// Columns of the text, 80 with the headings.
pub(super) const WIDTH: usize = 80 - INDENT;

/// Breaks a line between words where it is wider than `width`; what follows is indented by `hang`. A word
/// alone that is wider stays whole: tokens are copied from here.
pub(super) fn wrap_line(line: &str, width: usize, hang: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line.to_owned();
    while rest.chars().count() > width {
        let start = rest.len() - rest.trim_start().len();
        let start = start.max(if lines.is_empty() { 0 } else { hang });
        let spaces = || {
            rest.match_indices(' ')
                .map(|(at, _)| at)
                .filter(|at| *at > start)
        };
        let fits = |at: &usize| {
            rest.get(..*at)
                .is_some_and(|head| head.chars().count() <= width)
        };
        // After a comma or a colon where that leaves no half-empty line.
        let is_pause = |at: &usize| *at > width / 2 && rest[..*at].ends_with([',', ':']);
        let pause = || spaces().filter(fits).rfind(is_pause);
        let space = || spaces().rfind(fits);
        let Some(at) = pause().or_else(space).or_else(|| spaces().next()) else {
            break;
        };
        let (head, tail) = rest.split_at(at);
        let tail = format!("{:hang$}{}", "", tail.trim_start());
        lines.push(head.trim_end().to_owned());
        rest = tail;
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_hang() {
        for (line, expected) in [
            ("short", vec!["short"]),
            ("one two three", vec!["one two", "  three"]),
            ("one two three four", vec!["one two", "  three", "  four"]),
            ("one 2, three", vec!["one 2,", "  three"]),
            ("one a, b three", vec!["one a,", "  b", "  three"]),
            ("averylongtoken two", vec!["averylongtoken", "  two"]),
            ("  averylongtoken", vec!["  averylongtoken"]),
            ("a averylongtoken b", vec!["a", "  averylongtoken", "  b"]),
            (
                "\u{e9}\u{e9}\u{e9} \u{e9}\u{e9}\u{e9}",
                vec!["\u{e9}\u{e9}\u{e9} \u{e9}\u{e9}\u{e9}"],
            ),
        ] {
            assert_eq!(wrap_line(line, 8, 2), expected, "{line}");
        }
    }
}
