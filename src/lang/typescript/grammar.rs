//! Node kinds and fields of the two tree-sitter grammars as integers, so that walking a tree compares no strings.

use crate::language::Language;
use std::sync::OnceLock;
use tree_sitter::Node;

/// The kind and field numbers of one grammar.
pub(super) struct Grammar {
    kinds: Vec<Kind>,
    fields: Vec<u16>,
}

impl Grammar {
    /// The tables of the grammar that reads a language.
    pub(super) fn of(language: Language) -> &'static Grammar {
        static TYPESCRIPT: OnceLock<Grammar> = OnceLock::new();
        static TSX: OnceLock<Grammar> = OnceLock::new();
        match language {
            Language::TypeScript => TYPESCRIPT.get_or_init(|| Grammar::new(&parser_language(language))),
            _ => TSX.get_or_init(|| Grammar::new(&parser_language(language))),
        }
    }

    /// What a node is.
    pub(super) fn kind(&self, node: Node) -> Kind {
        // Error nodes have a number beyond the table.
        self.kinds.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Other)
    }

    /// The first child in a field.
    pub(super) fn field<'t>(&self, node: Node<'t>, field: Field) -> Option<Node<'t>> {
        node.child_by_field_id(self.fields[field as usize])
    }

    fn new(language: &tree_sitter::Language) -> Grammar {
        // Aliases give several numbers the same name, so the table goes from number to name and not back.
        let kinds = (0..language.node_kind_count())
            .map(|id| match language.node_kind_is_named(id as u16) {
                true => language.node_kind_for_id(id as u16).map_or(Kind::Other, Kind::of),
                false => Kind::Token,
            })
            .collect();
        let fields =
            Field::NAMES.iter().map(|name| language.field_id_for_name(name).map_or(0, u16::from)).collect();
        Grammar { kinds, fields }
    }
}

/// The tree-sitter grammar that reads a language.
pub(super) fn parser_language(language: Language) -> tree_sitter::Language {
    match language {
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        _ => tree_sitter_typescript::LANGUAGE_TSX.into(),
    }
}

macro_rules! kinds {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// What a named node is; `Token` for anonymous ones, `Other` for those that are never asked about.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Kind {
            Token,
            Other,
            $($variant),*
        }

        impl Kind {
            fn of(name: &str) -> Kind {
                match name {
                    $($name => Kind::$variant,)*
                    _ => Kind::Other,
                }
            }
        }
    };
}

macro_rules! fields {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A field of a node.
        #[derive(Clone, Copy)]
        pub(super) enum Field {
            $($variant),*
        }

        impl Field {
            const NAMES: &'static [&'static str] = &[$($name),*];
        }
    };
}

fields! {
    Alias = "alias",
    Alternative = "alternative",
    Argument = "argument",
    Arguments = "arguments",
    Body = "body",
    Condition = "condition",
    Consequence = "consequence",
    Constructor = "constructor",
    Declaration = "declaration",
    Finalizer = "finalizer",
    Function = "function",
    Handler = "handler",
    Increment = "increment",
    Index = "index",
    Initializer = "initializer",
    Key = "key",
    Kind = "kind",
    Label = "label",
    Left = "left",
    Module = "module",
    Name = "name",
    Object = "object",
    Operator = "operator",
    Parameter = "parameter",
    Parameters = "parameters",
    Pattern = "pattern",
    Property = "property",
    ReturnType = "return_type",
    Right = "right",
    Source = "source",
    Type = "type",
    Value = "value",
    OpenTag = "open_tag",
}

kinds! {
    AbstractClass = "abstract_class_declaration",
    AbstractMethod = "abstract_method_signature",
    Ambient = "ambient_declaration",
    Arguments = "arguments",
    Array = "array",
    ArrayPattern = "array_pattern",
    Arrow = "arrow_function",
    As = "as_expression",
    Assignment = "assignment_expression",
    AssignmentPattern = "assignment_pattern",
    Augmented = "augmented_assignment_expression",
    Await = "await_expression",
    Binary = "binary_expression",
    Break = "break_statement",
    Call = "call_expression",
    Catch = "catch_clause",
    ClassBody = "class_body",
    ClassDeclaration = "class_declaration",
    ClassExpression = "class",
    ClassHeritage = "class_heritage",
    Comment = "comment",
    ComputedName = "computed_property_name",
    Continue = "continue_statement",
    Decorator = "decorator",
    Do = "do_statement",
    Else = "else_clause",
    Empty = "empty_statement",
    EnumAssignment = "enum_assignment",
    Enum = "enum_declaration",
    EscapeSequence = "escape_sequence",
    ExportClause = "export_clause",
    ExportSpecifier = "export_specifier",
    Export = "export_statement",
    ExpressionStatement = "expression_statement",
    Extends = "extends_clause",
    ExtendsType = "extends_type_clause",
    False = "false",
    ForIn = "for_in_statement",
    For = "for_statement",
    FormalParameters = "formal_parameters",
    FunctionDeclaration = "function_declaration",
    FunctionExpression = "function_expression",
    FunctionSignature = "function_signature",
    GeneratorExpression = "generator_function",
    GeneratorDeclaration = "generator_function_declaration",
    GenericType = "generic_type",
    HtmlComment = "html_comment",
    Identifier = "identifier",
    If = "if_statement",
    Implements = "implements_clause",
    ImportToken = "import",
    ImportAlias = "import_alias",
    ImportClause = "import_clause",
    ImportRequire = "import_require_clause",
    ImportSpecifier = "import_specifier",
    Import = "import_statement",
    Instantiation = "instantiation_expression",
    Interface = "interface_declaration",
    Namespace = "internal_module",
    IntersectionType = "intersection_type",
    JsxAttribute = "jsx_attribute",
    JsxClosing = "jsx_closing_element",
    JsxElement = "jsx_element",
    JsxExpression = "jsx_expression",
    JsxOpening = "jsx_opening_element",
    JsxSelfClosing = "jsx_self_closing_element",
    JsxText = "jsx_text",
    Labeled = "labeled_statement",
    Lexical = "lexical_declaration",
    Member = "member_expression",
    Meta = "meta_property",
    Method = "method_definition",
    MethodSignature = "method_signature",
    Module = "module",
    NamedImports = "named_imports",
    NamespaceExport = "namespace_export",
    NamespaceImport = "namespace_import",
    NestedIdentifier = "nested_identifier",
    NestedType = "nested_type_identifier",
    New = "new_expression",
    NonNull = "non_null_expression",
    Null = "null",
    Number = "number",
    Object = "object",
    ObjectAssignmentPattern = "object_assignment_pattern",
    ObjectPattern = "object_pattern",
    ObjectType = "object_type",
    OptionalParameter = "optional_parameter",
    Pair = "pair",
    PairPattern = "pair_pattern",
    Paren = "parenthesized_expression",
    ParenType = "parenthesized_type",
    PrivateName = "private_property_identifier",
    Program = "program",
    PropertyName = "property_identifier",
    PropertySignature = "property_signature",
    PublicField = "public_field_definition",
    Regex = "regex",
    RequiredParameter = "required_parameter",
    RestPattern = "rest_pattern",
    Return = "return_statement",
    Satisfies = "satisfies_expression",
    Sequence = "sequence_expression",
    ShorthandPattern = "shorthand_property_identifier_pattern",
    Shorthand = "shorthand_property_identifier",
    Spread = "spread_element",
    Block = "statement_block",
    StaticBlock = "class_static_block",
    StringLiteral = "string",
    StringFragment = "string_fragment",
    Subscript = "subscript_expression",
    Super = "super",
    SwitchBody = "switch_body",
    SwitchCase = "switch_case",
    SwitchDefault = "switch_default",
    Switch = "switch_statement",
    TemplateString = "template_string",
    TemplateHole = "template_substitution",
    Ternary = "ternary_expression",
    This = "this",
    Throw = "throw_statement",
    True = "true",
    Try = "try_statement",
    TypeAlias = "type_alias_declaration",
    TypeAnnotation = "type_annotation",
    TypeArguments = "type_arguments",
    TypeAssertion = "type_assertion",
    TypeIdentifier = "type_identifier",
    TypeParameters = "type_parameters",
    TypeQuery = "type_query",
    Unary = "unary_expression",
    Undefined = "undefined",
    Update = "update_expression",
    Variable = "variable_declaration",
    Declarator = "variable_declarator",
    While = "while_statement",
    With = "with_statement",
    Yield = "yield_expression",
}
