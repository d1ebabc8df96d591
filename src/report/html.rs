//! The report as one HTML file for people who decide: no network, nothing outside the file, readable on paper.
//!
//! Everything but the proof of each finding is plain HTML. The proofs lie beside it as JSON and are shown by the
//! script when a finding is opened, so that ten thousand findings still open at once. All markup is made by a
//! template that escapes every value; the script only ever sets text.

mod data;
mod picture;
mod provenance;
mod sections;

use crate::finding::Report;
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

/// Look of the page.
const STYLE: &str = include_str!("html/style.css");
/// What reacts to the reader.
const SCRIPT: &str = include_str!("html/script.js");

/// The whole page.
pub fn render(report: &Report) -> String {
    let map = super::map::map(report);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "transborder report" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#findings" { "Skip to the findings" }
                (sections::header(report))
                main {
                    (sections::summary(report))
                    (picture::figure(&map))
                    (sections::findings(report))
                    (sections::register(report))
                    (sections::notices(report))
                    (sections::in_force(report))
                    (provenance::section(report))
                }
                footer {
                    "Made by " (env!("CARGO_PKG_NAME")) " " (env!("CARGO_PKG_VERSION"))
                    ". An empty report means that nothing was seen, not that nothing happens. This is no legal advice."
                }
                script type="application/json" id="data" { (json(&data::of(report, &map))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

/// What the browser may load: nothing but the style and the script of this file.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// The hash of an inline element, as a content security policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}

/// JSON inside a script element, in which nothing can end the element.
fn json(value: &serde_json::Value) -> Markup {
    let text = value.to_string();
    PreEscaped(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}
