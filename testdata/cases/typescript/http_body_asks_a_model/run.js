export async function translate(setting, customer) {
  const init = {
    method: "POST",
    body: JSON.stringify({ model: setting.model, messages: [{ role: "user", content: customer.email }] }),
  };
  // flow: pii.contact.email -> unknown/unresolved
  return fetch(setting.url, init);
}
