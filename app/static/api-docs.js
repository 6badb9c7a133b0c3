// Swagger UI on our own schema; nothing is asked of another host.
"use strict";
SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#swagger-ui", validatorUrl: null, deepLinking: true });
