provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "backups"
  region = "eu-west-1"
}
