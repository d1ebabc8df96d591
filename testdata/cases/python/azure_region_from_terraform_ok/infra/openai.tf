resource "azurerm_cognitive_account" "notes" {
  name     = "ward-notes"
  kind     = "OpenAI"
  location = "eastus2"
  sku_name = "S0"
}

resource "azurerm_cognitive_deployment" "gpt" {
  name = "ward-gpt4o"
  model {
    format = "OpenAI"
    name   = "gpt-4o"
  }
  sku {
    name = "Standard"
  }
}

resource "azurerm_cognitive_account" "speech" {
  name     = "ward-speech"
  kind     = "SpeechServices"
  location = "westeurope"
  sku_name = "S0"
}
