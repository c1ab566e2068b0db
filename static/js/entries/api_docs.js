// The OpenAPI document to read and to try, drawn by swagger-ui from this server alone.

const place = /** @type {HTMLElement} */ (document.getElementById("swagger"));

/** @type {any} */
const bundle = Reflect.get(window, "SwaggerUIBundle");
bundle({
    domNode: place,
    url: new URL(String(place.dataset.openapi), location.href).href,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    validatorUrl: null,
});
