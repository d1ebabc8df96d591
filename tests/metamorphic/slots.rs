//! Programs with slots: one text, and for each slot the ways in which its part can be written.
//!
//! A template is a TOML file. `[files]` holds the program, in which `«NAME»` is a slot or a part; `[slot.NAME]` has one
//! entry for each way. A way is the text of its slot, or a table of the parts that it fills: its own slot, other parts,
//! and, where a key has a dot, whole files that it adds. A part that no way fills is empty. A way called `not_...` must
//! not let the data through. `[misses]` names ways the tool is known to get wrong, with the reason.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One program in many spellings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What every spelling sends, as [`super::sent::Sent`] shows it.
    pub says: String,
    /// What is left of that where a way does not let it through.
    pub broken: String,
    files: BTreeMap<String, String>,
    slot: BTreeMap<String, BTreeMap<String, Way>>,
    /// `SLOT.WAY` with the reason why the tool is wrong about it.
    #[serde(default)]
    pub misses: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Way {
    Text(String),
    Parts(BTreeMap<String, String>),
}

/// One spelling: the chosen ways as `SLOT.WAY`, and the files.
pub struct Program {
    /// Which way each slot takes.
    pub ways: Vec<String>,
    /// Paths and texts.
    pub files: BTreeMap<String, String>,
}

impl Program {
    /// Whether some way keeps the data back.
    pub fn is_broken(&self) -> bool {
        self.ways.iter().any(|way| way.contains(".not_"))
    }
}

impl Template {
    /// Reads one template.
    pub fn read(path: &Path) -> Template {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Spellings in which every two ways of different slots meet at least once, the known misses left out.
    pub fn pairs(&self) -> Vec<Program> {
        self.meetings().into_iter().map(|ways| self.fill(ways)).collect()
    }

    /// Enough of these spellings that each way shows what it does: one that lets the data through is not beside one that
    /// does not, and one that does not is alone.
    pub fn each(&self) -> Vec<Program> {
        let mut shown: BTreeSet<String> = BTreeSet::new();
        let mut rows = self.meetings();
        rows.retain(|ways| {
            let broken: Vec<&String> = ways.iter().filter(|way| way.contains(".not_")).collect();
            let shows = match broken[..] {
                [] => ways.iter().collect(),
                [_] => broken,
                _ => Vec::new(),
            };
            let before = shown.len();
            shown.extend(shows.into_iter().cloned());
            shown.len() > before
        });
        let left = self.ways().flatten().filter(|way| !shown.contains(way) && !self.misses.contains_key(way));
        let left: Vec<Program> = left.map(|way| self.plain_but(&way)).collect();
        rows.into_iter().map(|ways| self.fill(ways)).chain(left).collect()
    }

    fn meetings(&self) -> Vec<Vec<String>> {
        let good = |mut slot: Vec<String>| -> Vec<String> {
            slot.retain(|way| !self.misses.contains_key(way));
            slot
        };
        let slots: Vec<Vec<String>> = self.ways().map(good).collect();
        let sizes: Vec<usize> = slots.iter().map(Vec::len).collect();
        let chosen = |row: Vec<usize>| row.iter().zip(&slots).map(|(way, slot)| slot[*way].clone()).collect();
        pairwise(&sizes).into_iter().map(chosen).collect()
    }

    /// The spelling that takes one way, and in every other slot the first one.
    pub fn plain_but(&self, way: &str) -> Program {
        let (slot, _) = way.split_once('.').expect("SLOT.WAY");
        let starts = |first: &str| first.split_once('.').is_some_and(|(other, _)| other == slot);
        let choose = |ways: Vec<String>| if starts(&ways[0]) { way.to_string() } else { ways[0].clone() };
        self.fill(self.ways().map(choose).collect())
    }

    /// The ways of each slot; those that let the data through come first.
    fn ways(&self) -> impl Iterator<Item = Vec<String>> {
        self.slot.iter().map(|(slot, ways)| {
            let mut ways: Vec<String> = ways.keys().map(|way| format!("{slot}.{way}")).collect();
            ways.sort_by_key(|way| way.contains(".not_"));
            ways
        })
    }

    fn fill(&self, ways: Vec<String>) -> Program {
        let mut parts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut files = self.files.clone();
        for way in &ways {
            let (slot, name) = way.split_once('.').expect("SLOT.WAY");
            let found = self.slot[slot].get(name).unwrap_or_else(|| panic!("{way} is no way"));
            match found {
                Way::Text(text) => {
                    parts.insert(slot, text);
                }
                Way::Parts(filled) => {
                    for (key, text) in filled {
                        if key.contains('.') {
                            files.insert(key.clone(), text.clone());
                        } else {
                            let before = parts.insert(key, text);
                            assert!(before.is_none(), "two ways of {ways:?} fill `{key}`");
                        }
                    }
                }
            }
        }
        let known = self.parts();
        for text in files.values_mut() {
            *text = put_in(text, &parts, &known, 0);
        }
        Program { ways, files }
    }

    /// The names of all slots and parts.
    fn parts(&self) -> BTreeSet<&str> {
        let keys = self.slot.values().flat_map(BTreeMap::values).flat_map(|way| match way {
            Way::Text(_) => Vec::new(),
            Way::Parts(parts) => parts.keys().map(String::as_str).collect(),
        });
        self.slot.keys().map(String::as_str).chain(keys).collect()
    }
}

/// A text with its slots filled. What stands on a line by itself keeps the line's indentation, and is no line when empty.
fn put_in(text: &str, parts: &BTreeMap<&str, &str>, known: &BTreeSet<&str>, depth: usize) -> String {
    assert!(depth < 8, "slots within slots without end: {text}");
    let mut out = String::new();
    for line in text.lines() {
        let Some(name) = line.split_once('«').and_then(|(_, rest)| Some(rest.split_once('»')?.0)) else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        assert!(known.contains(name), "no way fills `{name}`");
        let filled = parts.get(name).copied().unwrap_or("").trim_matches('\n');
        let slot = format!("«{name}»");
        if line.trim() != slot {
            out.push_str(&put_in(&line.replace(&slot, filled), parts, known, depth + 1));
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let lines: Vec<String> = filled
            .lines()
            .map(|l| if l.is_empty() { String::new() } else { format!("{indent}{l}") })
            .collect();
        if !lines.is_empty() {
            out.push_str(&put_in(&lines.join("\n"), parts, known, depth + 1));
        }
    }
    out
}

/// Choices of one index for each size, so that every two indices of different positions meet: the greedy covering array
/// of Cohen et al., "The AETG system" (1997), without its random starts.
fn pairwise(sizes: &[usize]) -> Vec<Vec<usize>> {
    let starts: Vec<usize> =
        sizes.iter().scan(0, |at, size| Some(std::mem::replace(at, *at + size))).collect();
    let all: usize = sizes.iter().sum();
    let mut open = vec![false; all * all];
    for (i, size) in sizes.iter().enumerate() {
        for a in starts[i]..starts[i] + size {
            open[a * all + starts[i] + size..(a + 1) * all].fill(true);
        }
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    while let Some(first) = open.iter().position(|open| *open) {
        let mut row: Vec<Option<usize>> = sizes
            .iter()
            .zip(&starts)
            .map(|(size, start)| {
                [first / all, first % all].into_iter().find(|at| (*start..start + size).contains(at))
            })
            .collect();
        for i in 0..sizes.len() {
            if row[i].is_some() {
                continue;
            }
            let gain = |at: usize| {
                row.iter().flatten().filter(|other| open[at.min(**other) * all + at.max(**other)]).count()
            };
            // Where several gain as much, each gets its turn.
            let turn = |at: usize| (at + rows.len()) % sizes[i];
            row[i] = (starts[i]..starts[i] + sizes[i]).max_by_key(|at| (gain(*at), turn(*at)));
        }
        let row: Vec<usize> = row.into_iter().flatten().collect();
        for a in &row {
            for b in &row {
                open[a * all + b] = false;
            }
        }
        rows.push(row.iter().zip(&starts).map(|(at, start)| at - start).collect());
    }
    rows
}

#[test]
fn every_two_ways_meet() {
    let sizes = [3, 4, 2, 5];
    let rows = pairwise(&sizes);
    let met: BTreeSet<_> = rows
        .iter()
        .flat_map(|row| {
            (0..row.len()).flat_map(move |i| (0..i).map(move |j| (i, row[i], j, row[j])).collect::<Vec<_>>())
        })
        .collect();
    let pairs: usize = (0..sizes.len()).flat_map(|i| (0..i).map(move |j| sizes[i] * sizes[j])).sum();
    assert_eq!(met.len(), pairs);
    assert!(rows.len() < 30, "{}", rows.len());
}
