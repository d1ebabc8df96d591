//! Local ports that commands and web servers hand on to another host.

use super::Setting;
use super::format::RULES;
use super::leaf::{Leaf, Page};
use std::ops::Range;

/// First key of the settings that say so; the port is the second, and the value the address.
const FORWARD: &str = "forward";

/// Notes that a command forwards a port.
pub(super) fn command(text: &str, at: Range<usize>, page: &mut Page) {
    let Some(shown) = text.get(at.clone()) else { return };
    for groups in RULES.forward.commands.iter().filter_map(|r| r.captures(shown)).take(1) {
        let (Some(port), Some(host)) = (groups.name("port"), groups.name("host")) else { continue };
        let to = groups.name("to").map(|to| format!(":{}", to.as_str())).unwrap_or_default();
        page.push(Leaf {
            path: vec![FORWARD.to_owned(), port.as_str().to_owned()],
            value: format!("{}{to}", host.as_str()),
            span: at.start + host.start()..at.start + host.end(),
            key_span: at.start + port.start()..at.start + port.end(),
            ..Leaf::default()
        });
    }
}

/// Notes it of a web server's directives, which stand in order: what it listens on, then where that goes.
pub(super) fn directives(leaves: &[Leaf]) -> Vec<Leaf> {
    let is = |leaf: &Leaf, names: &[String]| leaf.path.last().is_some_and(|key| names.contains(key));
    let mut ports: Vec<String> = Vec::new();
    let mut found: Vec<Leaf> = Vec::new();
    let mut passed = false;
    for leaf in leaves {
        if is(leaf, &RULES.forward.listen) {
            // A listening port after a forward is the next server's.
            if std::mem::take(&mut passed) {
                ports.clear();
            }
            let word = leaf.value.split_whitespace().next().unwrap_or_default();
            let port = word.rsplit(':').next().unwrap_or_default();
            ports.extend(
                (!port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())).then(|| port.to_owned()),
            );
        } else if is(leaf, &RULES.forward.pass) {
            passed = true;
            let to = |port: &String| Leaf { path: vec![FORWARD.to_owned(), port.clone()], ..leaf.clone() };
            found.extend(ports.iter().map(to));
        }
    }
    found
}

impl Setting {
    /// The local port that this setting says is handed on to its value.
    pub fn forwards(&self) -> Option<u16> {
        match &self.path[..] {
            [first, port] if first == FORWARD && !self.env => port.parse().ok(),
            _ => None,
        }
    }
}
