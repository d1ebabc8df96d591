//! What query builders and schema libraries mean by their methods: `rules/data/rows.toml`.

use super::glob;
use serde::Deserialize;

/// How reads of rows, and declarations of their fields, look in code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowRules {
    /// Methods and options of query builders.
    pub query: QueryWords,
    /// Calls that declare the fields of an object.
    #[serde(default, rename = "schema")]
    pub makers: Vec<SchemaRule>,
    /// Calls that keep or drop named fields of an object.
    #[serde(default, rename = "projection")]
    pub projections: Vec<ProjectionRule>,
}

/// Methods and options of query builders, by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryWords {
    /// Methods whose arguments say what is read.
    pub of: Vec<String>,
    /// Methods whose arguments name the columns that are read.
    pub choose: Vec<String>,
    /// Methods whose arguments name columns that are not read.
    pub drop: Vec<String>,
    /// Methods whose second argument is an object of columns that are read, or not.
    pub projected: Vec<String>,
    /// Options whose value names the columns that are read.
    pub choose_options: Vec<String>,
    /// Options whose value names columns that are not read.
    pub drop_options: Vec<String>,
    /// Options whose value names related rows that come along.
    pub include_options: Vec<String>,
    /// Columns that people write into.
    #[serde(default)]
    pub free_text: Vec<String>,
    /// Functions and methods that count or add up.
    pub aggregates: Vec<String>,
    /// Methods that give one row, not many.
    pub single: Vec<String>,
    /// Fields of a result that hold the rows.
    pub holders: Vec<String>,
    /// Class attributes that hold the name of the table.
    pub table_attributes: Vec<String>,
    /// Methods of a class that make an object of it from data given to them.
    pub parse: Vec<String>,
    /// Packages and paths of types that a tool makes of a schema file; globs.
    pub generated: Vec<String>,
}

/// A call that declares the fields of an object.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaRule {
    /// Stable id.
    pub id: String,
    /// `python`, `typescript` or `any`.
    pub language: String,
    /// Dotted paths of the call.
    pub path: Vec<String>,
    /// Selector of the table's or model's name.
    pub name: Option<String>,
    /// Selector of the fields: an object, a list of names, another schema; `*` for arguments that are fields each.
    pub fields: String,
    /// Methods of what it makes whose result, or a field of it (`safeParse.data`), is their argument in this shape.
    #[serde(default)]
    pub parse: Vec<String>,
    /// Methods that keep only some fields.
    #[serde(default)]
    pub pick: Vec<String>,
    /// Methods that leave some fields out.
    #[serde(default)]
    pub omit: Vec<String>,
    /// Methods that add fields.
    #[serde(default)]
    pub extend: Vec<String>,
}

/// A call that keeps or drops named fields of an object.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectionRule {
    /// Stable id.
    pub id: String,
    /// `python`, `typescript` or `any`.
    pub language: String,
    /// Dotted path globs of the call.
    pub path: Vec<String>,
    /// Whose fields: the receiver's, or those of the argument at this position.
    pub of: Of,
    /// Selectors of the names that are kept.
    #[serde(default)]
    pub keep: Vec<String>,
    /// Selectors of the names that are dropped.
    #[serde(default)]
    pub drop: Vec<String>,
}

/// Whose fields a projection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// The receiver of the call.
    Receiver,
    /// The argument at this position.
    Argument(u32),
}

impl RowRules {
    /// The rule for a call of this path that keeps or drops fields.
    pub fn projection(&self, language: &str, path: &str) -> Option<&ProjectionRule> {
        self.projections.iter().find(|rule| {
            (rule.language == "any" || rule.language == language)
                && rule.path.iter().any(|pattern| glob::matches(pattern, path))
        })
    }

    /// Whether a method of a class makes an object of it from data.
    pub fn parses(&self, method: &str) -> bool {
        self.query.parse.iter().any(|m| m == method)
    }

    /// The entry of [`SchemaRule::parse`] for a method of what stands at this path.
    pub fn parser(&self, language: &str, path: &str, method: &str) -> Option<&str> {
        let ends = path.match_indices("()").map(|(at, _)| at + 2);
        let rule = ends.filter_map(|end| self.maker(language, &path[..end])).next()?;
        let entry = rule.parse.iter().find(|p| p.split('.').next() == Some(method));
        entry.map(String::as_str)
    }

    /// The rule for a call of this path.
    pub fn maker(&self, language: &str, path: &str) -> Option<&SchemaRule> {
        self.makers
            .iter()
            .find(|m| (m.language == "any" || m.language == language) && m.path.iter().any(|p| p == path))
    }

    /// Whether types of this package or module are made of a schema file.
    pub fn is_generated(&self, module: &str) -> bool {
        self.query.generated.iter().any(|pattern| glob::matches(pattern, module))
    }
}
