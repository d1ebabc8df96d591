//! Mistakes in rule files, each with the line it stands on.

use super::Look;
use crate::report::excerpt::{Excerpt, Mark};
use crate::report::visible::{clean, spell_out};
use crate::rules::RulesError;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// All of them.
pub fn render(errors: &[RulesError], look: &Look) -> String {
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = Renderer::styled().decor_style(decor).term_width(look.width);
    let mut out = String::new();
    for error in errors {
        let path = spell_out(&error.path);
        match (&error.span, &error.source_text) {
            (Some(span), Some(text)) => {
                let excerpt = Excerpt::new(text, &[Mark { range: span.clone(), label: 0 }], look.width);
                let mark = AnnotationKind::Primary.span(excerpt.mark(text, span));
                let snippet = Snippet::source(excerpt.text.clone())
                    .line_start(excerpt.line_start)
                    .path(path)
                    .annotation(mark);
                let group = Level::ERROR.primary_title(clean(&error.message)).element(snippet);
                out.push_str(&renderer.render(&[group]));
            }
            _ => {
                let title = format!("{path}: {}", clean(&error.message));
                out.push_str(
                    &renderer
                        .render(&[annotate_snippets::Group::with_title(Level::ERROR.primary_title(title))]),
                );
            }
        }
        out.push_str("\n\n");
    }
    out
}
