//! Every format that is not looked at as a snapshot: its schema or structure, and that nothing in a hostile repository
//! can act in it.

use crate::fixture;
use crate::schema::{assert_valid_cyclonedx, assert_valid_gitlab, assert_valid_json};
use base64::Engine as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use transborder::Report;
use transborder::report::sarif::Choice;
use transborder::report::terminal::Look;
use transborder::report::{Format, register};

fn rendered(format: Format, report: &Report) -> String {
    let text = format.render(report, &Look::default(), &Choice::default());
    let again = format.render(report, &Look::default(), &Choice::default());
    assert_eq!(text, again, "the same report must give the same bytes");
    text
}

fn parsed(format: Format, report: &Report) -> Value {
    serde_json::from_str(&rendered(format, report)).expect("it is JSON")
}

/// The values of an attribute anywhere in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_json_format_fits_its_schema() {
    for report in [fixture::clinic(), fixture::clean(), fixture::hostile()] {
        assert_valid_json(&parsed(Format::Json, &report));
        assert_valid_gitlab(&parsed(Format::Gitlab, &report));
        assert_valid_cyclonedx(&parsed(Format::Cyclonedx, &report));
    }
}

#[test]
fn no_format_shows_a_secret_or_a_control_character() {
    let report = fixture::hostile();
    for format in Format::ALL {
        let styled = rendered(format, &report);
        let text = if format == Format::Terminal { super::plain(&styled) } else { styled };
        assert!(!text.contains("hunter2secret") && !text.contains("0123456789abcdef"), "{format:?}");
        let odd = |c: &char| (c.is_control() && !matches!(c, '\n' | '\r')) || *c == '\u{202e}';
        // JSON keeps paths and hosts as they are, escaped as JSON escapes.
        assert_eq!(text.chars().find(odd).filter(|_| format != Format::Json), None, "{format:?}");
    }
}

#[test]
fn a_page_is_not_taken_over() {
    let page = rendered(Format::Html, &fixture::hostile());
    assert_eq!(page.matches("<script").count(), 2, "the data and our own script");
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(page.matches("<style").count(), 1);
    for forbidden in ["<img", "<iframe", "<link", "<base", "<object", " style=\""] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for link in attributes(&page, "href") {
        assert!(link.starts_with('#') || link.starts_with("https://"), "{link}");
    }
    assert!(attributes(&page, "src").is_empty());
    let handlers = ["onclick", "onload", "onerror", "onfocus", "onmouseover"];
    assert!(handlers.iter().all(|name| attributes(&page, name).is_empty()));
}

#[test]
fn the_policy_of_a_page_allows_its_own_parts_and_nothing_else() {
    let page = rendered(Format::Html, &fixture::clinic());
    let policy =
        attributes(&page, "content").into_iter().find(|value| value.starts_with("default-src")).unwrap();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'));
    let part = |open: &str, close: &str| page.split(open).nth(1).unwrap().split(close).next().unwrap();
    for text in [part("<style>", "</style>"), part("<script>", "</script>")] {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
    }
}

#[test]
fn a_page_can_be_used_without_sight_and_mouse() {
    let page = rendered(Format::Html, &fixture::clinic());
    for landmark in
        ["<html lang=\"en\"", "<header", "<nav", "<main", "<footer", "role=\"search\"", "aria-live"]
    {
        assert!(page.contains(landmark), "{landmark}");
    }
    // One first heading, and every section named by its own.
    assert_eq!(page.matches("<h1").count(), 1);
    for id in attributes(&page, "aria-labelledby") {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let mut ids = attributes(&page, "id");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    // The picture is there as a table too.
    assert!(page.contains("The map as a table") && page.contains("role=\"button\""));
}

/// Relative luminance of a colour such as `#1b1f23`, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn every_text_of_a_page_has_contrast_enough_by_day_and_night() {
    let page = rendered(Format::Html, &fixture::clinic());
    let schemes: Vec<&str> = page.split(":root {").skip(1).take(2).collect();
    assert!(schemes.len() == 2 && page.contains("prefers-color-scheme: dark"));
    for scheme in schemes {
        let colour = |name: &str| {
            let text = scheme.split(&format!("--{name}: ")).nth(1).unwrap_or_else(|| panic!("no --{name}"));
            luminance(&text[..7])
        };
        let texts = ["ink", "soft", "link", "foreign", "possible", "unresolved", "domestic", "local"];
        for text in texts.iter().chain(&["critical", "high", "medium", "low", "note"]) {
            for ground in ["paper", "card", "wash"] {
                let (a, b) = (colour(text), colour(ground));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
            }
        }
        let (a, b) = (colour("ink"), colour("mark"));
        assert!((a.max(b) + 0.05) / (a.min(b) + 0.05) >= 4.5, "quoted code");
    }
}

#[test]
fn a_page_holds_the_proof_of_every_finding() {
    let report = fixture::clinic();
    let page = rendered(Format::Html, &report);
    let start = "<script type=\"application/json\" id=\"data\">";
    let data = page.split(start).nth(1).unwrap().split("</script>").next().unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    let findings = data["findings"].as_array().unwrap();
    assert_eq!(findings.len(), report.findings.len());
    assert_eq!(page.matches("class=\"finding ").count(), report.findings.len());
    let places = data["places"].as_array().unwrap();
    let first = &findings[0]["steps"][0];
    assert_eq!(first[0], "source");
    let place = &places[first[1].as_u64().unwrap() as usize];
    assert_eq!((place[0].as_str(), place[4].as_str()), (Some("clinic/intake.py"), Some("patient.ssn")));
    // Each column of the map carries every finding and call once.
    let carried: std::collections::BTreeSet<u64> = data["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|node| node["parts"].as_array().unwrap())
        .filter_map(Value::as_u64)
        .collect();
    assert_eq!(carried.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3], "findings with a destination");
}

/// Cells of a CSV document, quotes taken off.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut cell, mut quoted) = (vec![vec![]], String::new(), false);
    let mut chars = csv.strip_prefix('\u{feff}').expect("a mark for spreadsheets").chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => {
                rows.last_mut().expect("a row").push(std::mem::take(&mut cell));
                if c == '\n' {
                    rows.push(vec![]);
                }
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows.pop();
    rows
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let mut report = fixture::hostile();
    let formula = "=HYPERLINK(\"https://evil.example\",\"x\")";
    let to = &mut report.findings[0].destination.as_mut().unwrap().candidates[0];
    to.provider_name = Some(formula.into());
    to.residency = vec!["+1".into()];
    to.host = "@SUM(A1)".into();
    let rows = cells(&register::csv(&report));
    assert!(rows.len() >= 2);
    for row in &rows {
        assert_eq!(row.len(), rows[0].len());
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    assert!(rows[1].iter().any(|cell| cell == &format!("'{formula}")), "{rows:?}");
}

#[test]
fn the_register_has_a_row_for_each_group_and_recipient() {
    let rows = cells(&register::csv(&fixture::clinic()));
    let names: Vec<(&str, &str)> = rows[1..].iter().map(|row| (row[0].as_str(), row[8].as_str())).collect();
    assert_eq!(
        names,
        [
            ("DeepSeek", "Health data"),
            ("DeepSeek", "Personal data"),
            ("Moonshot AI", "none seen"),
            ("DeepSeek", "Health data"),
            ("decided at run time: `EMBED_URL` in jobs/embed.py", "employment"),
        ][..names.len()]
    );
    let first = &rows[1];
    assert!(first.contains(&"Hangzhou DeepSeek Artificial Intelligence Co., Ltd.".to_string()));
    assert!(first.contains(&"China".to_string()) && first.contains(&"personal health".to_string()));
    assert_eq!(first.iter().filter(|cell| *cell == "[to be completed]").count(), 4);
}

#[test]
fn a_register_in_markdown_is_not_taken_over() {
    let text = register::markdown(&fixture::hostile());
    let outside: Vec<&str> = text.lines().flat_map(|line| line.split('`').step_by(2)).collect();
    let outside = outside.join("\n");
    for forbidden in ["<script", "<img", "](javascript", "@everyone", "\n::set-output"] {
        assert!(!outside.contains(forbidden), "{forbidden:?} in {outside}");
    }
    assert!(text.lines().all(|line| line.matches('`').count() % 2 == 0));
}

#[test]
fn a_chart_is_not_taken_over() {
    let text = rendered(Format::Mermaid, &fixture::hostile());
    for line in text.lines().map(str::trim_start) {
        let known = ["flowchart ", "subgraph c", "n", "end", "classDef "];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line}");
        assert!(line.matches('"').count() % 2 == 0 && !line.contains('<') && !line.contains('`'), "{line}");
    }
}

#[test]
fn the_chart_of_a_whole_report() {
    insta::assert_snapshot!(rendered(Format::Mermaid, &fixture::clinic()));
}

#[test]
fn the_register_of_a_whole_report() {
    insta::assert_snapshot!(register::markdown(&fixture::clinic()));
}

#[test]
fn gitlab_markdown_is_only_text() {
    let value = parsed(Format::Gitlab, &fixture::hostile());
    for key in ["description", "solution"] {
        let text = value["vulnerabilities"][0][key].as_str().unwrap();
        assert!(!text.contains(['<', '>', '[', ']', '`', '@']), "{key}: {text}");
    }
}

/// Every text anywhere in a JSON value, with the key it stands under.
fn texts<'v>(key: &'v str, value: &'v Value, found: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::String(text) => found.push((key, text)),
        Value::Array(items) => items.iter().for_each(|item| texts(key, item, found)),
        Value::Object(keys) => keys.iter().for_each(|(key, value)| texts(key, value, found)),
        _ => {}
    }
}

#[test]
fn a_bill_of_materials_is_not_taken_over() {
    let mut report = fixture::hostile();
    let to = &mut report.findings[0].destination.as_mut().unwrap().candidates[0];
    to.provider_name = Some("\u{1b}[2JA\n\u{202e}B\"},{\"name\":\"C".into());
    to.url = "javascript:alert(1)//https://user:pass@evil.example/?k=v#<script>".into();
    to.sources = vec!["javascript:alert(1)".into(), "https://evil.example/\u{202e}".into()];
    let bill = parsed(Format::Cyclonedx, &report);
    assert_valid_cyclonedx(&bill);
    let mut found = Vec::new();
    texts("", &bill, &mut found);
    assert!(
        found.iter().any(|(key, text)| *key == "name" && text.contains("\"},{")),
        "a name stays one text"
    );
    for (key, text) in found {
        let odd = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(odd), "{key}: {text:?}");
        if matches!(key, "url" | "endpoints" | "$schema") {
            let web = text.starts_with("https://") || text.starts_with("http://");
            assert!(web && !text.contains(['<', '"', '@', '?', '#']), "{key}: {text}");
        }
    }
    // What depends on what still means one service each.
    let names = |list: &Value, key: &str| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|item| item.get(key).unwrap_or(item).as_str().unwrap().to_string()).collect()
    };
    assert_eq!(names(&bill["dependencies"][0]["dependsOn"], ""), names(&bill["services"], "bom-ref"));
}

#[test]
fn the_file_name_decides_the_format() {
    for (name, format) in [
        ("report.html", Format::Html),
        ("out/transfers.CSV", Format::Csv),
        ("register.md", Format::Register),
        ("report.md", Format::Markdown),
        ("map.mmd", Format::Mermaid),
        ("gl-sast-report.json", Format::Gitlab),
        ("bom.cdx.json", Format::Cyclonedx),
        ("report.sarif.json", Format::Sarif),
        ("report.json", Format::Json),
    ] {
        assert_eq!(Format::of_file(name), Some(format), "{name}");
    }
}

/// Writes pages with many findings for `tests/browser/check.mjs`, and says where.
#[test]
#[ignore = "for the browser, see tests/browser/check.mjs"]
fn large_pages() {
    for count in [1_000, 10_000] {
        let mut report = fixture::clinic();
        let lines: Vec<String> =
            (0..count).map(|at| format!("    send(patient_{at}.ssn, to=client_{at})")).collect();
        let texts: Vec<(String, String)> = lines
            .chunks(50)
            .enumerate()
            .map(|(at, chunk)| (format!("wards/ward_{at:03}.py"), chunk.join("\n")))
            .collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (&**path, &**text)).collect();
        report.files = fixture::files(&texts);
        let mut start = 0;
        let template = report.findings[..4].to_vec();
        report.findings = (0..count)
            .map(|at| {
                let file = report.files.find(texts[at / 50].0).unwrap();
                start = if at % 50 == 0 { 0 } else { start };
                let span = transborder::text::Span::new(file, start + 4, start + lines[at].len());
                start += lines[at].len() + 1;
                let mut finding = template[at % 4].clone();
                finding.span = span;
                finding.call = None;
                finding.message = format!("{} number {at}", finding.message);
                finding.fingerprint = format!("{at:016x}");
                if let Some(flow) = &mut finding.flow {
                    flow.steps.iter_mut().for_each(|step| step.span = span);
                }
                let destination = finding.destination.iter_mut();
                for candidate in destination.flat_map(|destination| &mut destination.candidates) {
                    candidate.evidence.iter_mut().for_each(|step| step.span = span);
                }
                finding.advice.iter_mut().for_each(|advice| advice.span = None);
                finding
            })
            .collect();
        report.calls.clear();
        let path = format!("{}/report-{count}.html", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, rendered(Format::Html, &report)).unwrap();
        println!("{path}");
    }
}
