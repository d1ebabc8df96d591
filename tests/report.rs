//! What people look at, as snapshots; and what hostile repositories must not achieve.

#[path = "report/fixture.rs"]
mod fixture;
#[path = "report/formats.rs"]
mod formats;
#[path = "report/schema.rs"]
mod schema;

use std::time::Duration;
use transborder::report::terminal::{self, Look};

fn plain(styled: &str) -> String {
    anstream::adapter::strip_str(styled).to_string()
}

fn terminal_at(width: usize) -> String {
    let look = Look { width, elapsed: Some(Duration::from_millis(120)), ..Look::default() };
    plain(&terminal::render(&fixture::clinic(), &look))
}

#[test]
fn terminal_in_a_narrow_window() {
    insta::assert_snapshot!(terminal_at(60));
}

#[test]
fn terminal_in_a_usual_window() {
    insta::assert_snapshot!(terminal_at(100));
}

#[test]
fn terminal_in_a_wide_window() {
    insta::assert_snapshot!(terminal_at(160));
}

#[test]
fn no_line_is_wider_than_the_window() {
    for width in [60, 72, 80, 100, 120, 160] {
        let text = terminal_at(width);
        let wide: Vec<&str> =
            text.lines().filter(|line| unicode_width::UnicodeWidthStr::width(*line) > width).collect();
        assert!(wide.is_empty(), "{width}:\n{}", wide.join("\n"));
    }
}

#[test]
fn json_of_a_whole_report() {
    insta::assert_snapshot!(transborder::report::json::render(&fixture::clinic()));
}

#[test]
fn sarif_of_a_whole_report() {
    let value: serde_json::Value = serde_json::from_str(&transborder::report::sarif::render(
        &fixture::clinic(),
        &transborder::report::sarif::Choice::default(),
    ))
    .unwrap();
    // The rules have their own tests; a snapshot of them would only repeat their Markdown.
    let run = &value["runs"][0];
    let shown = serde_json::json!({ "results": run["results"], "invocations": run["invocations"] });
    insta::assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap());
}

#[test]
fn silence_says_what_was_read() {
    let look = Look::default();
    insta::assert_snapshot!(plain(&terminal::render(&fixture::clean(), &look)));
}

#[test]
fn a_terminal_is_not_taken_over() {
    for width in [40, 100, 160] {
        let look = Look { width, verbose: true, ..Look::default() };
        let styled = terminal::render(&fixture::hostile(), &look);
        let text = plain(&styled);
        for c in text.chars().filter(|c| *c != '\n') {
            assert!(!c.is_control() && c != '\u{202e}', "{c:?} in {text}");
        }
        // Only our own colours are left in the styled text.
        for sequence in styled.split('\x1b').skip(1) {
            let end = sequence.find('m').expect("a colour ends with m");
            assert!(sequence[1..end].chars().all(|c| c.is_ascii_digit() || c == ';'), "{sequence:?}");
        }
        assert!(!text.contains("hunter2secret") && !text.contains("0123456789abcdef"));
    }
}

#[test]
fn lists_are_not_taken_over() {
    let report = fixture::hostile();
    let look = Look { quiet: true, ..Look::default() };
    for text in [terminal::render(&report, &look), terminal::inventory::render(&report, &Look::default())] {
        let text = plain(&text);
        assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{text}");
        assert!(!text.contains("\n::") && !text.contains("hunter2secret"), "{text}");
    }
}

#[test]
fn markdown_of_a_whole_report() {
    insta::assert_snapshot!(transborder::report::markdown::render(&fixture::clinic()));
}

#[test]
fn github_annotations_of_a_whole_report() {
    insta::assert_snapshot!(transborder::report::github::render(&fixture::clinic()));
}

#[test]
fn inventory_of_a_whole_report() {
    let text = terminal::inventory::render(&fixture::clinic(), &Look::default());
    insta::assert_snapshot!(plain(&text));
}

#[test]
fn a_comment_is_not_taken_over() {
    let text = transborder::report::markdown::render(&fixture::hostile());
    // Nothing between backticks is markup, and no span of code reaches over the end of its line.
    let outside: Vec<&str> = text.lines().flat_map(|line| line.split('`').step_by(2)).collect();
    let outside = outside.join("\n");
    for forbidden in ["<script", "<img", "](javascript", "@everyone", "\n::set-output"] {
        assert!(!outside.contains(forbidden), "{forbidden:?} in {outside}");
    }
    assert!(!text.contains("hunter2secret") && !text.contains('\x1b'));
    assert!(text.lines().all(|line| line.matches('`').count() % 2 == 0));
    assert_eq!(text.matches("</details>").count(), 1, "only our own fold is closed");
}

#[test]
fn a_workflow_is_not_given_commands() {
    let text = transborder::report::github::render(&fixture::hostile());
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("::error file="));
    let properties = text.trim_start_matches("::error ").split("::").next().unwrap();
    assert_eq!(properties.split(',').count(), 5, "{properties}");
    assert!(!text.contains('\x1b') && !text.contains("hunter2secret"));
}

#[test]
fn a_comment_stays_below_the_limit() {
    let mut report = fixture::clinic();
    for count in [40, 400, 4_000] {
        report.findings = vec![report.findings[0].clone(); count];
        let text = transborder::report::markdown::render(&report);
        assert!(text.chars().count() <= transborder::report::markdown::MAX_CHARS);
        assert!(text.contains(if count == 4_000 { "did not fit" } else { "findings, seen from" }), "{count}");
    }
}

#[test]
fn annotations_stay_below_the_limit() {
    let mut report = fixture::clinic();
    report.findings = report.findings.iter().cycle().take(400).cloned().collect();
    let text = transborder::report::github::render(&report);
    for (command, most) in [("::error ", 10), ("::warning ", 10), ("::notice ", 10)] {
        assert_eq!(text.lines().filter(|line| line.starts_with(command)).count(), most, "{text}");
    }
    assert!(text.lines().last().unwrap().contains("more than GitHub shows"));
}
