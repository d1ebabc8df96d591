//! A rule file as people write it: TOML, read so that one mistake does not hide the next.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

/// What is wrong, with the bytes it is about.
pub(super) type Mistake = (Option<Range<usize>>, String);

/// Mistakes of one file that are looked for; whoever has more will come again.
const MOST: usize = 50;
/// How serde begins the message on what is not there.
const LACKING: &str = "missing field";

/// The content of a file, or everything that is wrong with it.
///
/// Serde stops at the first mistake. So what that mistake stands in is cut out (an unknown key, or the entry that lacks
/// or mistypes one) and the rest is read again, until nothing is wrong or nothing can be cut out.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Mistake>> {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(mistake).collect());
    }
    let mut mistakes = Vec::new();
    while mistakes.len() < MOST {
        match T::deserialize(toml::Deserializer::from(table.clone())) {
            Ok(value) if mistakes.is_empty() => return Ok(value),
            Ok(_) => break,
            Err(error) => {
                let found = mistake(&error);
                let cut = found.0.as_ref().is_some_and(|span| cut_from_table(table.get_mut(), span));
                // What lacks something may lack it because of a key that was cut out for its spelling.
                if mistakes.is_empty() || !found.1.starts_with(LACKING) {
                    mistakes.push(found);
                }
                if !cut {
                    break;
                }
            }
        }
    }
    Err(mistakes)
}

fn mistake(error: &Error) -> Mistake {
    (error.span(), error.message().trim().to_owned())
}

/// Takes out the unknown key at `span`, else the innermost entry of a list that holds it; whether anything was.
fn cut_from_table(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    if let Some(key) = table.keys().find(|key| key.span() == *span).cloned() {
        return table.remove(&key).is_some();
    }
    table.iter_mut().any(|(_, value)| match value.get_mut() {
        DeValue::Table(inner) => cut_from_table(inner, span),
        DeValue::Array(list) => cut_from_list(list, span),
        _ => false,
    })
}

fn cut_from_list<'t>(list: &mut DeArray<'t>, span: &Range<usize>) -> bool {
    let Some(at) = list.iter().position(|entry| covers(entry, span)) else { return false };
    let inner = list.get_mut(at).and_then(|entry| match entry.get_mut() {
        DeValue::Table(table) => Some(cut_from_table(table, span)),
        _ => None,
    });
    match inner {
        // A plain value is no entry of its own; the table around it is what goes.
        None => false,
        Some(true) => true,
        Some(false) => {
            let all = std::mem::replace(list, DeArray::new()).into_iter().enumerate();
            all.filter(|(index, _)| *index != at).for_each(|(_, entry)| list.push(entry));
            true
        }
    }
}

/// Whether a mistake at `span` is about this entry or something in it. The span of a table of its own is only its
/// header, so what it holds is asked as well.
fn covers(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    let own = value.span();
    (own.start <= span.start && span.end <= own.end)
        || match value.get_ref() {
            DeValue::Table(table) => {
                table.iter().any(|(key, value)| key.span() == *span || covers(value, span))
            }
            DeValue::Array(list) => list.iter().any(|entry| covers(entry, span)),
            _ => false,
        }
}
