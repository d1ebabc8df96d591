//! YAML as JSON: enough for workflows and actions, whose scalars are all read as text.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// The one document of a text.
pub fn read(text: &str) -> Value {
    let mut events = Parser::new_from_str(text)
        .map(|event| event.expect("YAML").0)
        .filter(|event| !matches!(event, Event::Nothing | Event::StreamStart | Event::DocumentStart(_)));
    let first = events.next().expect("a document");
    node(first, &mut events)
}

fn node<'a>(event: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>) -> Value {
    match event {
        Event::Scalar(text, ..) => Value::String(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut list = Vec::new();
            loop {
                match events.next().expect("the end of the list") {
                    Event::SequenceEnd => return Value::Array(list),
                    event => list.push(node(event, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut map = Map::new();
            loop {
                match events.next().expect("the end of the mapping") {
                    Event::MappingEnd => return Value::Object(map),
                    Event::Scalar(key, ..) => {
                        let value = events.next().expect("a value");
                        map.insert(key.into_owned(), node(value, events));
                    }
                    other => panic!("a key that is no text: {other:?}"),
                }
            }
        }
        other => panic!("nobody expects {other:?} here"),
    }
}
