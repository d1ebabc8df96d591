//! The vocabulary of the grammar: node kinds and fields as numbers, looked up once per process.

use std::sync::LazyLock;
use tree_sitter::{Language, Node};

macro_rules! kinds {
    ($($variant:ident $name:literal,)*) => {
        /// What a node is. Kinds the lowering does not treat on their own are [`Kind::Other`].
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Kind {
            $(#[doc = $name] $variant,)*
            /// Anything else: punctuation, comments, clauses found by field.
            Other,
        }

        impl Kind {
            fn of_name(name: &str) -> Kind {
                match name {
                    $($name => Kind::$variant,)*
                    _ => Kind::Other,
                }
            }
        }
    };
}

kinds! {
    Error "ERROR",
    Comment "comment",
    Block "block",
    // Statements.
    FutureImport "future_import_statement",
    Import "import_statement",
    ImportFrom "import_from_statement",
    Print "print_statement",
    Exec "exec_statement",
    Assert "assert_statement",
    ExpressionStatement "expression_statement",
    Return "return_statement",
    Delete "delete_statement",
    Raise "raise_statement",
    Pass "pass_statement",
    Break "break_statement",
    Continue "continue_statement",
    Global "global_statement",
    Nonlocal "nonlocal_statement",
    TypeAlias "type_alias_statement",
    If "if_statement",
    ElifClause "elif_clause",
    ElseClause "else_clause",
    For "for_statement",
    While "while_statement",
    Try "try_statement",
    ExceptClause "except_clause",
    FinallyClause "finally_clause",
    With "with_statement",
    WithClause "with_clause",
    WithItem "with_item",
    FunctionDefinition "function_definition",
    ClassDefinition "class_definition",
    DecoratedDefinition "decorated_definition",
    Decorator "decorator",
    Match "match_statement",
    CaseClause "case_clause",
    Assignment "assignment",
    AugmentedAssignment "augmented_assignment",
    // Imports.
    DottedName "dotted_name",
    AliasedImport "aliased_import",
    WildcardImport "wildcard_import",
    // Parameters.
    TypedParameter "typed_parameter",
    DefaultParameter "default_parameter",
    TypedDefaultParameter "typed_default_parameter",
    KeywordSeparator "keyword_separator",
    // Targets and patterns.
    ListSplatPattern "list_splat_pattern",
    DictionarySplatPattern "dictionary_splat_pattern",
    TuplePattern "tuple_pattern",
    ListPattern "list_pattern",
    PatternList "pattern_list",
    AsPattern "as_pattern",
    AsPatternTarget "as_pattern_target",
    CasePattern "case_pattern",
    UnionPattern "union_pattern",
    ClassPattern "class_pattern",
    DictPattern "dict_pattern",
    KeywordPattern "keyword_pattern",
    SplatPattern "splat_pattern",
    // Expressions.
    Identifier "identifier",
    Str "string",
    StringStart "string_start",
    StringContent "string_content",
    ConcatenatedString "concatenated_string",
    Interpolation "interpolation",
    Integer "integer",
    Float "float",
    True "true",
    False "false",
    None "none",
    Ellipsis "ellipsis",
    Parenthesized "parenthesized_expression",
    Await "await",
    Attribute "attribute",
    Subscript "subscript",
    Slice "slice",
    Call "call",
    ArgumentList "argument_list",
    KeywordArgument "keyword_argument",
    ListSplat "list_splat",
    DictionarySplat "dictionary_splat",
    BinaryOperator "binary_operator",
    BooleanOperator "boolean_operator",
    ComparisonOperator "comparison_operator",
    NotOperator "not_operator",
    UnaryOperator "unary_operator",
    Conditional "conditional_expression",
    NamedExpression "named_expression",
    Lambda "lambda",
    Yield "yield",
    List "list",
    Set "set",
    Tuple "tuple",
    ExpressionList "expression_list",
    Dictionary "dictionary",
    Pair "pair",
    ListComprehension "list_comprehension",
    SetComprehension "set_comprehension",
    DictionaryComprehension "dictionary_comprehension",
    GeneratorExpression "generator_expression",
    ForInClause "for_in_clause",
    IfClause "if_clause",
    // Types.
    Type "type",
    GenericType "generic_type",
    MemberType "member_type",
}

macro_rules! fields {
    ($($name:ident,)*) => {
        /// Field names of the grammar as the numbers the parser uses.
        #[allow(missing_docs)]
        pub struct Fields { $(pub $name: u16,)* }

        impl Fields {
            fn new(language: &Language) -> Fields {
                let id = |name: &str| {
                    let name = name.strip_suffix('_').unwrap_or(name);
                    language.field_id_for_name(name).map_or(0, |id| id.get())
                };
                Fields { $($name: id(stringify!($name)),)* }
            }
        }
    };
}

fields! {
    alias, alternative, argument, arguments, attribute, body, cause, condition, consequence, definition,
    expression, format_specifier, function, guard, key, left, module_name, name, object, operator, parameters,
    return_type, right, subject, subscript, superclasses, type_, value,
}

/// The tables of the grammar.
pub struct Syntax {
    /// The grammar.
    pub language: Language,
    /// Its fields.
    pub field: Fields,
    kinds: Vec<Kind>,
}

/// The tables, made at first use.
pub static SYNTAX: LazyLock<Syntax> = LazyLock::new(|| {
    let language: Language = tree_sitter_python::LANGUAGE.into();
    let kinds = (0..language.node_kind_count() as u16)
        .map(|id| match language.node_kind_for_id(id) {
            Some(name) if language.node_kind_is_named(id) => Kind::of_name(name),
            _ => Kind::Other,
        })
        .collect();
    Syntax { field: Fields::new(&language), kinds, language }
});

/// What a node is.
pub fn kind(node: Node<'_>) -> Kind {
    if node.is_error() {
        return Kind::Error;
    }
    SYNTAX.kinds.get(node.kind_id() as usize).copied().unwrap_or(Kind::Other)
}

/// The child in a field.
pub fn field(node: Node<'_>, id: u16) -> Option<Node<'_>> {
    node.child_by_field_id(id)
}

/// Where a node is written.
pub fn span(node: Node<'_>) -> (usize, usize) {
    (node.start_byte(), node.end_byte())
}
