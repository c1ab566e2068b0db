/** Imports say their extension, resolve, and make no circle; nothing lies about unused. */

import { importX } from "eslint-plugin-import-x";
import globals from "globals";

export default [
    {
        files: ["static/js/**/*.js"],
        languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
        rules: { "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }] },
    },
    {
        files: ["tests/js/**/*.js", "eslint.config.js"],
        languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.node },
    },
    {
        plugins: { "import-x": importX },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "import-x/extensions": ["error", "ignorePackages"],
            "import-x/no-unresolved": "error",
            "import-x/no-cycle": "error",
            "import-x/no-duplicates": "error",
            "import-x/first": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "no-undef": "error",
            "no-var": "error",
            "prefer-const": "error",
            "eqeqeq": "error",
            "no-console": "error",
            "no-implied-eval": "error",
            "no-eval": "error",
            "object-shorthand": "error",
            "max-lines": ["error", 300],
            "complexity": ["error", 12],
            "quotes": ["error", "double", { avoidEscape: true }],
            "semi": "error",
        },
    },
];
