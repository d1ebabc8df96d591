//! Code that stands inside files of another form: the cells of a notebook, the scripts of a single-file component.
//!
//! The code is written out as one text of its language, with a note of where each piece of it stands in the file, so
//! that a lowered module can be moved back: every place it names is then a place of the file people see.

mod component;
mod notebook;
mod offsets;

use crate::ir::Module;
use crate::language::{Form, Language};
use offsets::Offsets;
use std::borrow::Cow;
use std::ops::Range;

/// The code of one file.
pub struct Code<'t> {
    /// Its language.
    pub language: Language,
    /// The code as one text.
    pub text: Cow<'t, str>,
    /// Where it stands in the file; nothing when the file is the code.
    offsets: Option<Offsets>,
}

impl<'t> Code<'t> {
    /// The code of a file; nothing for files that hold none.
    pub fn of(path: &str, text: &'t str) -> Option<Code<'t>> {
        match Form::of(path)? {
            Form::Plain(language) => Some(Code { language, text: Cow::Borrowed(text), offsets: None }),
            Form::Notebook => notebook::code(text).map(|(language, pieces)| Code::written(language, pieces)),
            Form::Component(markup) => {
                let (language, pieces) = component::code(markup, text);
                Some(Code::written(language, pieces))
            }
        }
    }

    fn written(language: Language, pieces: Written) -> Code<'t> {
        Code { language, text: Cow::Owned(pieces.text), offsets: Some(pieces.offsets) }
    }

    /// Moves every place a module names from the code to the file.
    pub fn settle(&self, module: &mut Module) {
        if let Some(offsets) = &self.offsets {
            offsets.settle(module);
        }
    }

    /// Where a range of the code stands in the file.
    pub fn in_file(&self, range: Range<usize>) -> Range<usize> {
        match &self.offsets {
            Some(offsets) => {
                let (start, end) = offsets.range(range.start as u32, range.end as u32);
                start as usize..end as usize
            }
            None => range,
        }
    }

    /// The parts of the file that are code, in order; nothing when all of it is.
    pub fn parts(&self) -> Option<Vec<Range<usize>>> {
        self.offsets.as_ref().map(Offsets::parts)
    }
}

/// Code being written out, with where it came from.
#[derive(Default)]
struct Written {
    text: String,
    offsets: Offsets,
}

impl Written {
    /// Adds what stands at a range of the file as it is.
    fn copy(&mut self, file: &str, range: Range<usize>) {
        let Some(text) = file.get(range.clone()) else { return };
        self.offsets.add(self.text.len(), text.len(), range);
        self.text.push_str(text);
    }

    /// Adds text that stands for a range of the file written in another way.
    fn spelled(&mut self, text: &str, range: Range<usize>) {
        self.offsets.add(self.text.len(), text.len(), range);
        self.text.push_str(text);
    }

    /// Adds text that stands nowhere in the file.
    fn made(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
