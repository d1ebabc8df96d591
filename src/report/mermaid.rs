//! The data map as a Mermaid flowchart, for documents that draw it themselves.

use super::map::{COLUMNS, map};
use crate::finding::{Report, Verdict};
use std::fmt::Write as _;

/// The map from left to right; colours and line styles follow the verdict.
pub fn render(report: &Report) -> String {
    let map = map(report);
    let mut out = String::from("flowchart LR\n");
    if map.nodes.is_empty() {
        out.push_str("  nothing[\"no language-model call found\"]\n");
    }
    for (column, title) in COLUMNS.iter().enumerate() {
        let here: Vec<usize> = (0..map.nodes.len()).filter(|at| map.nodes[*at].column == column).collect();
        if here.is_empty() {
            continue;
        }
        let _ = writeln!(out, "  subgraph c{column} [\"{title}\"]");
        for at in here {
            let node = &map.nodes[at];
            let _ = writeln!(out, "    n{at}[\"{}\"]:::{}", inert(&node.label), node.verdict.as_str());
        }
        out.push_str("  end\n");
    }
    for link in &map.links {
        let arrow = match link.verdict {
            Verdict::Foreign => "==>",
            Verdict::Possible | Verdict::Unresolved => "-.->",
            Verdict::Domestic | Verdict::Local => "-->",
        };
        let _ = writeln!(out, "  n{} {arrow}|{}| n{}", link.from, link.parts.len(), link.to);
    }
    for (class, style) in [
        ("foreign", "fill:#fbe3e0,stroke:#b3261e,color:#410e0b"),
        ("possible", "fill:#fdf0d5,stroke:#8a5a00,color:#3d2800,stroke-dasharray:5 3"),
        ("unresolved", "fill:#ece6f6,stroke:#5b4a8a,color:#261b45,stroke-dasharray:2 3"),
        ("domestic", "fill:#e2f0e6,stroke:#2e6b43,color:#0f2f1b"),
        ("local", "fill:#eceff1,stroke:#546069,color:#22292e"),
    ] {
        let _ = writeln!(out, "  classDef {class} {style}");
    }
    out
}

/// Text in which everything but letters, digits and a few harmless marks is written as a character number.
fn inert(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() => out.push(c),
            ' ' | '.' | ',' | '/' | ':' | '-' | '_' | '?' => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_ends_itself() {
        assert_eq!(inert("a\"] --> b; <b>`"), "a#34;#93; --#62; b#59; #60;b#62;#96;");
    }
}
