//! What people look at, as snapshots; and what hostile repositories must not achieve.

#[path = "report/fixture.rs"]
mod fixture;

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
